#include "libs/db/database.h"

#include <condition_variable>
#include <mutex>

#include <fmt/format.h>

#include "libs/core/reasons.h"
#include "libs/db/connection.h"

namespace bordergate::db {
namespace {

constexpr int kTriesMax = 10;
constexpr milliseconds kPingTime{2000};

milliseconds Left(SteadyInstant deadline, const Clock& clock) {
  return std::chrono::duration_cast<milliseconds>(deadline - clock.SteadyNow());
}

}  // namespace

Result<Rows> Transaction::Execute(std::string_view sql, std::initializer_list<Param> params) {
  return Execute(sql, std::vector<Param>(params));
}

Result<Rows> Transaction::Execute(std::string_view sql, const std::vector<Param>& params) {
  std::vector<const char*> texts;
  texts.reserve(params.size());
  for (const Param& param : params) texts.push_back(param.text());
  try {
    auto statement = connection_.statements.find(sql);
    if (statement == connection_.statements.end()) {
      const std::string name = fmt::format("s{}", connection_.statements.size());
      connection_.session.prepare(name, std::string(sql));
      statement = connection_.statements.emplace(sql, name).first;
    }
    return Rows(std::make_shared<const pqxx::result>(
        connection_.work->exec_prepared(statement->second, pqxx::prepare::make_dynamic_params(texts))));
  } catch (const std::exception&) {
    return ErrorOfCurrentException(false);
  }
}

Result<void> Transaction::ExecuteScript(std::string_view sql) {
  try {
    connection_.work->exec(std::string(sql));
    return {};
  } catch (const std::exception&) {
    return ErrorOfCurrentException(false);
  }
}

struct Database::State {
  State(const DatabaseConfig& config_in, Telemetry& telemetry_in, const Clock& clock_in)
      : config(config_in),
        telemetry(telemetry_in),
        clock(clock_in),
        duration(telemetry.metrics.NewHistogram(
            "database_transaction_seconds", "Time of transactions, waits included", CallDurationBounds())) {}

  Result<std::unique_ptr<Connection>> Take(SteadyInstant deadline);
  void GiveBack(std::unique_ptr<Connection> connection);
  void Lose();
  Result<void> RunOnce(SteadyInstant deadline, bool read_only, const Work& work);
  Result<void> RunOn(Connection& connection, SteadyInstant deadline, bool read_only, const Work& work,
                     bool& broken);
  Result<void> Run(SteadyInstant deadline, bool read_only, const Work& work);

  const DatabaseConfig config;
  Telemetry& telemetry;
  const Clock& clock;
  Histogram duration;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::unique_ptr<Connection>> idle;
  int open = 0;
};

Result<std::unique_ptr<Connection>> Database::State::Take(SteadyInstant deadline) {
  {
    std::unique_lock lock(mutex);
    const bool free =
        changed.wait_until(lock, deadline, [&] { return !idle.empty() || open < config.connections_max; });
    if (!free) return Error(kOverloaded, "no database connection became free in time");
    if (!idle.empty()) {
      auto connection = std::move(idle.back());
      idle.pop_back();
      return connection;
    }
    ++open;
  }
  try {
    return std::make_unique<Connection>(config, telemetry.service);
  } catch (const std::exception&) {
    Error error = ErrorOfCurrentException(false);
    Lose();
    return error;
  }
}

void Database::State::GiveBack(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(connection));
  }
  changed.notify_one();
}

void Database::State::Lose() {
  {
    const std::lock_guard lock(mutex);
    --open;
    // What broke one connection has most likely broken those that were idle meanwhile.
    open -= static_cast<int>(idle.size());
    idle.clear();
  }
  changed.notify_all();
}

Result<void> Database::State::RunOn(Connection& connection, SteadyInstant deadline, bool read_only,
                                    const Work& work, bool& broken) {
  const milliseconds left = Left(deadline, clock);
  if (left <= milliseconds(0))
    return Error(kDeadlineExceeded, "the time for the call ran out; nothing was changed");
  bool committing = false;
  try {
    connection.work->exec(fmt::format("BEGIN {}; SET LOCAL statement_timeout = {}",
                                      read_only ? "ISOLATION LEVEL REPEATABLE READ READ ONLY" : "READ WRITE",
                                      left.count()));
    Transaction transaction(connection);
    const Result<void> result = work(transaction);
    if (!result) {
      connection.work->exec("ROLLBACK");
      return result;
    }
    // The commit itself must not be cut short: the time-out is for the statements before it.
    connection.work->exec("SET LOCAL statement_timeout = 0");
    committing = true;
    connection.work->exec("COMMIT");
    return {};
  } catch (const std::exception&) {
    broken = true;
    return ErrorOfCurrentException(committing && !read_only);
  }
}

Result<void> Database::State::RunOnce(SteadyInstant deadline, bool read_only, const Work& work) {
  std::unique_ptr<Connection> connection = BG_TRY(Take(deadline));
  bool broken = false;
  Result<void> result = RunOn(*connection, deadline, read_only, work, broken);
  if (broken || (!result && result.error().Is(kServiceUnavailable) && !connection->session.is_open())) {
    connection.reset();
    Lose();
  } else {
    GiveBack(std::move(connection));
  }
  return result;
}

Result<void> Database::State::Run(SteadyInstant deadline, bool read_only, const Work& work) {
  const SteadyInstant start = clock.SteadyNow();
  Result<void> result;
  for (int tries = 1; tries <= kTriesMax; ++tries) {
    result = RunOnce(deadline, read_only, work);
    if (result || !result.error().Is(kConflict) || Left(deadline, clock) <= milliseconds(0)) break;
    telemetry.metrics.NewCounter("database_retries_total", "Transactions run again").Increment();
  }
  duration.Observe(std::chrono::duration<double>(clock.SteadyNow() - start).count());
  return result;
}

Database::Database(const DatabaseConfig& config, Telemetry& telemetry, const Clock& clock)
    : state_(std::make_unique<State>(config, telemetry, clock)) {}

Database::~Database() = default;

Result<void> Database::Change(SteadyInstant deadline, const Work& work) {
  return state_->Run(deadline, false, work);
}

Result<void> Database::Read(SteadyInstant deadline, const Work& work) {
  return state_->Run(deadline, true, work);
}

Result<void> Database::Ping() {
  return Read(state_->clock.SteadyNow() + kPingTime, [](Transaction& transaction) -> Result<void> {
    BG_TRY(transaction.Execute("SELECT 1"));
    return {};
  });
}

bool Database::AcceptsSessions() const {
  return IsServerAccepting(state_->config, state_->telemetry.service);
}

Telemetry& Database::telemetry() const { return state_->telemetry; }

const DatabaseConfig& Database::config() const { return state_->config; }

}  // namespace bordergate::db
