// identity: who is asking. The parts, top to bottom.
#include "embedded/identity.h"
#include "embedded/identity_store.h"
#include "libs/core/process.h"
#include "libs/db/await.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/http/service_admin.h"
#include "libs/rpc/server.h"
#include "services/identity/api/register.h"
#include "services/identity/bootstrap.h"
#include "services/identity/config.h"
#include "services/identity/secrets/zxcvbn_password_judge.h"
#include "services/identity/signing_key.h"
#include "services/identity/store/postgres_identity_store.h"
#include "services/identity/telemetry_access_log.h"

using namespace bordergate;            // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::identity;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command = ParseCommandOrExit(
      argc, argv, "identity", {{"bootstrap", "Make the first administrator: --sign-in-name NAME", true}});
  const auto config = LoadConfigOrExit<IdentityConfig>(command, embedded::identity::config_toml());
  const SystemClock clock;
  SystemRandom random;
  IdMaker ids(clock, random);
  Telemetry telemetry("identity", config.telemetry.log_level);
  db::Database database(config.database, telemetry, clock);
  const auto& migrations = embedded::identity_store::migrations();
  if (command.is_migrate()) return db::RunMigrateCommand(process, database, clock, migrations);

  db::PostgresUnitOfWork<IdentityStore, PostgresIdentityStore> unit(database, clock);
  Argon2PasswordHasher hasher(config.passwords);
  if (command.name == "bootstrap") {
    db::AwaitDatabaseOrExit(process, database, clock);
    return RunBootstrapCommand(command, unit, hasher, ids, clock);
  }

  const AssertionKey key = ReadKeyOrExit(config);
  const ZxcvbnPasswordJudge judge;
  TelemetryAccessLog access_log(telemetry);
  db::EventLog events(database, telemetry, clock);
  IdentityApi api({.store = unit,
                   .hasher = hasher,
                   .judge = judge,
                   .log = access_log,
                   .ids = ids,
                   .clock = clock,
                   .sessions = config.sessions},
                  key);

  Readiness readiness(clock);
  readiness.Add("database", [&] { return db::CheckMigrated(database, clock, migrations); });
  readiness.Add("assertion_key",
                [&] { return CheckKey(key, config.rpc.assertion_public_key_folder, clock); });
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  rpc::Server server(config.rpc, telemetry, clock);
  Register(server, api, events);
  return server.RunUntilSignal(process, readiness);
}
