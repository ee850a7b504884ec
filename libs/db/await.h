// For commands that run once: the work is done when the database can be reached, and only so long is waited
// for that. In containers the server, its name and the command come up side by side, in any order.
#pragma once

#include <functional>

#include "libs/core/clock.h"
#include "libs/core/process.h"
#include "libs/core/result.h"
#include "libs/db/database.h"

namespace bordergate::db {

// Waits this long; true when the program is to end.
using Pause = std::function<bool(milliseconds)>;

// A pause that a stop signal ends.
Pause PauseOf(const Process& process);

// Runs `work`; while the server's name does not resolve, nobody answers, or the server is still starting,
// again and again for up to config().start_wait. Says once in the log that it waits, and once that it came.
// A server that answers and refuses us (wrong role or password) ends it at once, as every other error of
// `work` does.
//   errors   those of `work`; SERVICE_UNAVAILABLE says what was tried, how often, and the remedy;
//            CANCELLED (a stop signal)
Result<void> WhenReachable(Database& database, const Clock& clock, const Pause& pause,
                           const std::function<Result<void>()>& work);

// Waits for the database alone, or ends the program with one line when it does not come.
void AwaitDatabaseOrExit(const Process& process, Database& database, const Clock& clock);

}  // namespace bordergate::db
