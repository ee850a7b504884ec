// customs: what trucks carry and whether it is cleared. The parts, top to bottom.
#include "embedded/customs.h"
#include "embedded/customs_store.h"
#include "libs/core/or_exit.h"
#include "libs/core/process.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/http/service_admin.h"
#include "libs/rpc/server.h"
#include "services/customs/api/convert.h"
#include "services/customs/api/customs_api.h"
#include "services/customs/config.h"
#include "services/customs/device/slip_page.h"
#include "services/customs/follow.h"
#include "services/customs/peers/vehicle_client.h"
#include "services/customs/slip_key.h"
#include "services/customs/store/postgres_trip_store.h"

using namespace bordergate;           // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::customs;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command = ParseCommandOrExit(argc, argv, "customs");
  const auto config = LoadConfigOrExit<CustomsConfig>(command, embedded::customs::config_toml());
  const SystemClock clock;
  SystemRandom random;
  IdMaker ids(clock, random);
  Telemetry telemetry("customs", config.telemetry.log_level);
  db::Database database(config.database, telemetry, clock);
  if (command.is_migrate())
    return db::RunMigrateCommand(process, database, clock, embedded::customs_store::migrations());

  const SlipKey slip_key = OrExit("customs", ReadSlipKey(config));
  db::EventLog events(database, telemetry, clock);
  db::PostgresUnitOfWork<TripStore, PostgresTripStore> trips(database, clock);
  const ProtoEventBodies bodies;
  rpc::Channel vehicle("vehicle", config.vehicle_address, config.rpc.tls);
  CustomsApi api(
      trips, bodies,
      [&](const rpc::CallContext& call) {
        return std::make_unique<VehicleClient>(vehicle, rpc::CallOptions::Within(call));
      },
      {slip_key, DrawSlipPage}, ids, clock);

  rpc::Channel lane("lane", config.lane_address, config.rpc.tls);
  const rpc::Subscription<lane::v1::lane_service::Watch> passages(lane, telemetry, clock,
                                                                  FollowLane(trips, bodies, clock));
  Readiness readiness(clock);
  readiness.Add("database",
                [&] { return db::CheckMigrated(database, clock, embedded::customs_store::migrations()); });
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  rpc::Server server(config.rpc, telemetry, clock);
  Register(server, api, events);
  return server.RunUntilSignal(process, readiness);
}
