#include "libs/db/await.h"

#include <fmt/format.h>

#include "libs/core/or_exit.h"
#include "libs/core/reasons.h"

namespace bordergate::db {
namespace {

constexpr milliseconds kPause{500};
// Between a failed try and the question why, the server may have come up: only the second refusal counts.
constexpr int kRefusalsMax = 2;

Error Refused(const Error& last) {
  return Error(kServiceUnavailable, fmt::format("the database server answers, but takes no session of ours: "
                                                "{}; compare database.url with the server's roles, "
                                                "passwords and databases",
                                                last.message()));
}

Error GaveUp(const Error& last, int tries, milliseconds waited) {
  return Error(kServiceUnavailable,
               fmt::format("{}; tried {} times within {} s; start the server, correct database.url, or allow "
                           "more time with database.start_wait_ms",
                           last.message(), tries, waited / seconds(1)));
}

}  // namespace

Pause PauseOf(const Process& process) {
  return [&process](milliseconds time) { return process.WaitForStop(time); };
}

Result<void> WhenReachable(Database& database, const Clock& clock, const Pause& pause,
                           const std::function<Result<void>()>& work) {
  const Log& log = database.telemetry().log;
  const SteadyInstant start = clock.SteadyNow();
  const auto waited = [&] { return std::chrono::duration_cast<milliseconds>(clock.SteadyNow() - start); };
  bool told = false;
  int refusals = 0;
  for (int tries = 1;; ++tries) {
    Result<void> done = work();
    const bool reached = done || !done.error().Is(kServiceUnavailable);
    if (reached && told)
      log.Info("database.reached", "the database can be reached", {{"waited_ms", waited().count()}});
    if (reached) return done;
    if (database.AcceptsSessions()) {
      if (++refusals == kRefusalsMax) return Refused(done.error());
      continue;
    }
    refusals = 0;
    if (waited() >= database.config().start_wait) return GaveUp(done.error(), tries, waited());
    if (!told) {
      log.Warning("database.awaited", done.error().message(),
                  {{"at_most_ms", database.config().start_wait.count()}});
    }
    told = true;
    if (pause(kPause)) return Error(kCancelled, "told to end while waiting for the database");
  }
}

void AwaitDatabaseOrExit(const Process& process, Database& database, const Clock& clock) {
  OrExit(database.telemetry().service,
         WhenReachable(database, clock, PauseOf(process), [&] { return database.Ping(); }));
}

}  // namespace bordergate::db
