// fee: what is owed and whether it is paid. The parts, top to bottom.
#include "embedded/fee.h"
#include "embedded/fee_store.h"
#include "libs/core/process.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/http/service_admin.h"
#include "libs/rpc/server.h"
#include "services/fee/api/convert.h"
#include "services/fee/api/fee_api.h"
#include "services/fee/config.h"
#include "services/fee/follow.h"
#include "services/fee/store/postgres_fee_store.h"
#include "services/fee/verify_ledger.h"

using namespace bordergate;       // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::fee;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command = ParseCommandOrExit(
      argc, argv, "fee", {{"verify-ledger", "Checks that ledger, invoices and payments agree to the đồng"}});
  const auto config = LoadConfigOrExit<FeeConfig>(command, embedded::fee::config_toml());
  const SystemClock clock;
  SystemRandom random;
  IdMaker ids(clock, random);
  Telemetry telemetry("fee", config.telemetry.log_level);
  db::Database database(config.database, telemetry, clock);
  if (command.is_migrate())
    return db::RunMigrateCommand(process, database, clock, embedded::fee_store::migrations());
  db::PostgresUnitOfWork<FeeStore, PostgresFeeStore> fees(database, clock);
  if (command.name == "verify-ledger") return RunVerifyLedgerCommand(fees, clock);

  db::EventLog events(database, telemetry, clock);
  const ProtoEventBodies bodies;
  FeeApi api(fees, bodies, config.banks, ids, clock);
  rpc::Channel customs("customs", config.customs_address, config.rpc.tls);
  WaitingTrips waiting(fees, telemetry, clock);
  const rpc::Subscription<customs::v1::customs_service::Watch> trips(
      customs, telemetry, clock, FollowCustoms(fees, bodies, ids, clock, waiting));
  Readiness readiness(clock);
  readiness.Add("database",
                [&] { return db::CheckMigrated(database, clock, embedded::fee_store::migrations()); });
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  rpc::Server server(config.rpc, telemetry, clock);
  Register(server, api, events);
  return server.RunUntilSignal(process, readiness);
}
