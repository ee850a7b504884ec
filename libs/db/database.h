// PostgreSQL: a bounded pool of connections, transactions that are retried when the database asks for it, and
// outcomes that are told apart: done, not done, not known.
//
//   BG_TRY(database.Change(call.deadline, [&](db::Transaction& transaction) -> Result<void> {
//     BG_TRY(transaction.Execute("UPDATE trips SET state = $2 WHERE trip_id = $1", {id, state}));
//     return {};
//   }));
//
// Transactions run at READ COMMITTED: lock what you are about to change with SELECT … FOR UPDATE, and state
// what must hold as constraints. A commit is never cancelled (a cancelled synchronous commit may be seen and
// then vanish on failover).
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/config/common_config.h"
#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "libs/db/value.h"
#include "libs/telemetry/telemetry.h"

namespace bordergate::db {

// A unique constraint does not allow the row; metadata "constraint" names it. Stores turn it into a reason of
// their own. Caller: never sees it.
inline constexpr Reason kUniqueViolation{"UNIQUE_VIOLATION", Code::kAlreadyExists};

struct Connection;

// One transaction. One thread; lives as long as the work it was given to.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}

  // Runs one statement, prepared once a connection. `sql` is a literal of the code.
  //   errors   UNIQUE_VIOLATION; CONFLICT (given back to the pool's retry), SERVICE_UNAVAILABLE,
  //   DEADLINE_EXCEEDED,
  //            INTERNAL (the statement is wrong). After any error the transaction can only end.
  Result<Rows> Execute(std::string_view sql, std::initializer_list<Param> params = {});
  Result<Rows> Execute(std::string_view sql, const std::vector<Param>& params);
  // Runs several statements at once, without parameters: migrations. Errors as above.
  Result<void> ExecuteScript(std::string_view sql);

 private:
  Connection& connection_;
};

class Database {
 public:
  using Work = std::function<Result<void>(Transaction&)>;

  //   name   what the connections call themselves, for example "customs"
  Database(const DatabaseConfig& config, Telemetry& telemetry, const Clock& clock);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Commits when `work` succeeds, otherwise undoes everything. Runs `work` again, up to 10 times within the
  // deadline, on serialization failures and deadlocks.
  //   errors   those of `work`; CONFLICT (still after the retries), SERVICE_UNAVAILABLE, OVERLOADED (no
  //   connection is free in
  //            time), DEADLINE_EXCEEDED; OUTCOME_UNKNOWN (the commit's answer was lost)
  //   thread   safe for use by several threads
  Result<void> Change(SteadyInstant deadline, const Work& work);

  // One consistent picture, read only. Errors as above, never OUTCOME_UNKNOWN.
  Result<void> Read(SteadyInstant deadline, const Work& work);

  // Whether the database answers.
  Result<void> Ping();

  // Whether a server is there that takes sessions, perhaps not ours: false while its name does not resolve,
  // nobody answers, or it says that it is starting or ending. Waits as long as a new connection may.
  bool AcceptsSessions() const;

  const DatabaseConfig& config() const;
  Telemetry& telemetry() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordergate::db
