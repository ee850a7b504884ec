// Brings a schema to what a program expects: ordered SQL files, each applied once, forward only.
#pragma once

#include <vector>

#include "libs/core/migration.h"
#include "libs/core/process.h"
#include "libs/core/result.h"
#include "libs/db/database.h"

namespace bordergate::db {

// An applied migration differs from the file of the same name, or the database is ahead of the program.
// Caller: run the program that fits the database; a migration is never edited, a new one is added.
inline constexpr Reason kMigrationMismatch{"MIGRATION_MISMATCH", Code::kFailedPrecondition};

// Applies the tables every service has, then the service's own, each in one transaction, under a lock that
// lets one program do it at a time. Safe to repeat.
//   result   how many were applied now
//   errors   MIGRATION_MISMATCH, SERVICE_UNAVAILABLE, INTERNAL (the SQL is wrong)
Result<int> Migrate(Database& database, const Clock& clock, const std::vector<Migration>& service_migrations);

// Whether every migration of the program is applied; for readiness.
//   errors   MIGRATION_MISMATCH, SERVICE_UNAVAILABLE
Result<void> CheckMigrated(Database& database, const Clock& clock,
                           const std::vector<Migration>& service_migrations);

// The command `SERVICE migrate`: prints one line, returns the exit code. Waits up to database.start_wait_ms
// for a database that cannot be reached yet (await.h).
int RunMigrateCommand(const Process& process, Database& database, const Clock& clock,
                      const std::vector<Migration>& service_migrations);

}  // namespace bordergate::db
