#include "libs/db/migrate.h"

#include <iostream>
#include <map>

#include <fmt/format.h>

#include "embedded/db.h"
#include "libs/core/digest.h"
#include "libs/db/await.h"

namespace bordergate::db {
namespace {

constexpr seconds kMigrationTime{60};
constexpr seconds kCheckTime{5};

std::vector<Migration> AllMigrations(const std::vector<Migration>& service_migrations) {
  std::vector<Migration> all = embedded::db::migrations();
  all.insert(all.end(), service_migrations.begin(), service_migrations.end());
  return all;
}

// Names of both sets start at 0001, so the set is part of the key.
std::string KeyOf(const Migration& migration, size_t index) {
  return fmt::format("{}/{}", index < embedded::db::migrations().size() ? "base" : "service", migration.name);
}

Result<std::map<std::string, std::string>> ReadApplied(Transaction& transaction) {
  std::map<std::string, std::string> applied;
  const Rows rows =
      BG_TRY(transaction.Execute("SELECT name, encode(digest, 'hex') AS digest FROM schema_migrations"));
  for (const Row row : rows) applied.emplace(row.Text("name"), row.Text("digest"));
  return applied;
}

Error Mismatch(const std::string& key) {
  return Error(kMigrationMismatch, fmt::format("migration {} was applied with another text", key));
}

Result<void> CreateTable(Transaction& transaction) {
  // Serialises programs of this schema that start together.
  BG_TRY(transaction.Execute(
      "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' migrations', 0))"));
  BG_TRY(
      transaction.Execute("CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, digest bytea "
                          "NOT NULL, apply_time timestamptz "
                          "NOT NULL DEFAULT now())"));
  return {};
}

// True when it was applied now.
Result<bool> ApplyOne(Transaction& transaction, const Migration& migration, const std::string& key) {
  BG_TRY(CreateTable(transaction));
  const std::string digest = Sha256(migration.sql);
  const auto applied = BG_TRY(ReadApplied(transaction));
  if (const auto found = applied.find(key); found != applied.end()) {
    if (found->second != Hex(digest)) return Mismatch(key);
    return false;
  }
  BG_TRY(transaction.ExecuteScript(migration.sql));
  BG_TRY(transaction.Execute("INSERT INTO schema_migrations (name, digest) VALUES ($1, $2)",
                             {key, Bytes{digest}}));
  return true;
}

}  // namespace

Result<int> Migrate(Database& database, const Clock& clock,
                    const std::vector<Migration>& service_migrations) {
  const std::vector<Migration> all = AllMigrations(service_migrations);
  int count = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    bool applied = false;
    BG_TRY(database.Change(clock.SteadyNow() + kMigrationTime, [&](Transaction& transaction) -> Result<void> {
      applied = BG_TRY(ApplyOne(transaction, all[i], KeyOf(all[i], i)));
      return {};
    }));
    if (applied) ++count;
  }
  return count;
}

Result<void> CheckMigrated(Database& database, const Clock& clock,
                           const std::vector<Migration>& service_migrations) {
  const std::vector<Migration> all = AllMigrations(service_migrations);
  return database.Read(clock.SteadyNow() + kCheckTime, [&](Transaction& transaction) -> Result<void> {
    const auto applied = BG_TRY(ReadApplied(transaction));
    for (size_t i = 0; i < all.size(); ++i) {
      const std::string key = KeyOf(all[i], i);
      const auto found = applied.find(key);
      if (found == applied.end())
        return Error(kMigrationMismatch, fmt::format("migration {} is not applied", key));
      if (found->second != Hex(Sha256(all[i].sql))) return Mismatch(key);
    }
    return {};
  });
}

int RunMigrateCommand(const Process& process, Database& database, const Clock& clock,
                      const std::vector<Migration>& service_migrations) {
  int count = 0;
  const Result<void> done = WhenReachable(database, clock, PauseOf(process), [&]() -> Result<void> {
    count += BG_TRY(Migrate(database, clock, service_migrations));
    return {};
  });
  if (!done) {
    std::cerr << "migrate: " << done.error().reason() << ": " << done.error().message() << "\n";
    return 1;
  }
  std::cout << fmt::format("migrate: {} applied now\n", count);
  return 0;
}

}  // namespace bordergate::db
