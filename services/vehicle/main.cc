// vehicle: who may come. The parts, top to bottom.
#include "embedded/vehicle.h"
#include "embedded/vehicle_store.h"
#include "libs/core/process.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/http/service_admin.h"
#include "libs/rpc/server.h"
#include "services/vehicle/api/vehicle_api.h"
#include "services/vehicle/config.h"
#include "services/vehicle/store/postgres_vehicle_store.h"

using namespace bordergate;           // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::vehicle;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command = ParseCommandOrExit(argc, argv, "vehicle");
  const auto config = LoadConfigOrExit<VehicleConfig>(command, embedded::vehicle::config_toml());
  const SystemClock clock;
  SystemRandom random;
  IdMaker ids(clock, random);
  Telemetry telemetry("vehicle", config.telemetry.log_level);
  db::Database database(config.database, telemetry, clock);
  if (command.is_migrate())
    return db::RunMigrateCommand(process, database, clock, embedded::vehicle_store::migrations());

  db::EventLog events(database, telemetry, clock);
  db::PostgresUnitOfWork<VehicleStore, PostgresVehicleStore> vehicles(database, clock);
  VehicleApi api(vehicles, ids, clock);

  Readiness readiness(clock);
  readiness.Add("database",
                [&] { return db::CheckMigrated(database, clock, embedded::vehicle_store::migrations()); });
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  rpc::Server server(config.rpc, telemetry, clock);
  Register(server, api, events);
  return server.RunUntilSignal(process, readiness);
}
