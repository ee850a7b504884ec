#include "libs/db/event_log.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "libs/db/connection.h"

namespace bordergate::db {
namespace {

constexpr milliseconds kReconnectPause{500};
constexpr milliseconds kLookInterval{1000};
constexpr long kListenSlice_us = 250'000;  // how soon the thread notices that it shall end
constexpr seconds kReadTime{10};

class Listener final : public pqxx::notification_receiver {
 public:
  Listener(pqxx::connection& connection, const std::string& channel, std::function<void(int64_t)> on_sequence)
      : notification_receiver(connection, channel), on_sequence_(std::move(on_sequence)) {}
  void operator()(const std::string& payload, int) override { on_sequence_(std::stoll(payload)); }

 private:
  std::function<void(int64_t)> on_sequence_;
};

}  // namespace

struct EventLog::State {
  State(Database& database_in, Telemetry& telemetry_in, const Clock& clock_in)
      : database(database_in), telemetry(telemetry_in), clock(clock_in) {}

  void Listen();
  void ListenOnce();
  void Reached(int64_t sequence);
  // The last sequence in the table; what was known before when the database is away.
  int64_t LookUp();

  Database& database;
  Telemetry& telemetry;
  const Clock& clock;
  std::mutex mutex;
  std::condition_variable changed;
  int64_t head = 0;
  bool listening = false;
  std::atomic<bool> stopping = false;
  std::thread thread;
};

void EventLog::State::Reached(int64_t sequence) {
  const std::lock_guard lock(mutex);
  if (sequence <= head) return;
  head = sequence;
  changed.notify_all();
}

int64_t EventLog::State::LookUp() {
  int64_t sequence = 0;
  const auto read =
      database.Read(clock.SteadyNow() + kReadTime, [&](Transaction& transaction) -> Result<void> {
        sequence = BG_TRY(transaction.Execute("SELECT sequence FROM event_head")).front().Integer("sequence");
        return {};
      });
  if (read) Reached(sequence);
  const std::lock_guard lock(mutex);
  return head;
}

void EventLog::State::ListenOnce() {
  pqxx::connection connection(ConnectionString(database.config(), telemetry.service + "-events"));
  std::string schema;
  {
    pqxx::nontransaction work(connection);
    schema = work.exec1("SELECT current_schema()")[0].c_str();
  }
  const Listener listener(connection, "bordergate_events_" + schema,
                          [this](int64_t sequence) { Reached(sequence); });
  // What was committed before LISTEN took effect is found by looking once.
  LookUp();
  {
    const std::lock_guard lock(mutex);
    listening = true;
  }
  while (!stopping) connection.await_notification(0, kListenSlice_us);
}

void EventLog::State::Listen() {
  while (!stopping) {
    try {
      ListenOnce();
    } catch (const std::exception& error) {
      telemetry.log.Warning("events.not_listening", error.what());
    }
    std::unique_lock lock(mutex);
    listening = false;
    changed.wait_for(lock, kReconnectPause, [this] { return stopping.load(); });
  }
}

EventLog::EventLog(Database& database, Telemetry& telemetry, const Clock& clock)
    : state_(std::make_unique<State>(database, telemetry, clock)) {
  state_->thread = std::thread([this] { state_->Listen(); });
}

EventLog::~EventLog() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->changed.notify_all();
  state_->thread.join();
}

Result<std::vector<StoredEvent>> EventLog::ReadAfter(int64_t after_sequence, int count_max) {
  std::vector<StoredEvent> events;
  BG_TRY(state_->database.Read(
      state_->clock.SteadyNow() + kReadTime, [&](Transaction& transaction) -> Result<void> {
        events.clear();
        const Rows rows =
            BG_TRY(transaction.Execute("SELECT sequence, kind, actor, trace_id, event_time, body FROM events "
                                       "WHERE sequence > $1 ORDER BY sequence LIMIT $2",
                                       {after_sequence, count_max}));
        for (const Row row : rows) {
          events.push_back({.sequence = row.Integer("sequence"),
                            .kind = row.Text("kind"),
                            .actor = row.Text("actor"),
                            .trace_id = row.Text("trace_id"),
                            .time = row.Time("event_time"),
                            .body = row.Bytes("body")});
        }
        return {};
      }));
  return events;
}

int64_t EventLog::WaitBeyond(int64_t sequence, milliseconds at_most) {
  const SteadyInstant end = state_->clock.SteadyNow() + at_most;
  while (true) {
    std::unique_lock lock(state_->mutex);
    const SteadyInstant until =
        state_->listening ? end : std::min(end, state_->clock.SteadyNow() + kLookInterval);
    const bool beyond =
        state_->changed.wait_until(lock, until, [&] { return state_->head > sequence || state_->stopping; });
    if (beyond) return state_->head;
    const bool listening = state_->listening;
    const int64_t head = state_->head;
    lock.unlock();
    if (!listening && state_->LookUp() > sequence) continue;
    if (state_->clock.SteadyNow() >= end) return head;
  }
}

}  // namespace bordergate::db
