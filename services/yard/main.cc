// yard: where trucks wait and whose turn it is. The parts, top to bottom.
#include "embedded/yard.h"
#include "embedded/yard_store.h"
#include "libs/core/process.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/http/service_admin.h"
#include "libs/rpc/server.h"
#include "services/yard/api/convert.h"
#include "services/yard/api/yard_api.h"
#include "services/yard/call_timer.h"
#include "services/yard/config.h"
#include "services/yard/follow.h"
#include "services/yard/store/postgres_yard_store.h"
#include "services/yard/verify_order.h"

using namespace bordergate;        // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::yard;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command = ParseCommandOrExit(
      argc, argv, "yard", {{"verify-order", "Checks that every gate's order log is whole and fair"}});
  const auto config = LoadConfigOrExit<YardConfig>(command, embedded::yard::config_toml());
  const SystemClock clock;
  SystemRandom random;
  IdMaker ids(clock, random);
  Telemetry telemetry("yard", config.telemetry.log_level);
  db::Database database(config.database, telemetry, clock);
  if (command.is_migrate())
    return db::RunMigrateCommand(process, database, clock, embedded::yard_store::migrations());
  db::PostgresUnitOfWork<YardStore, PostgresYardStore> yards(database, clock);
  if (command.name == "verify-order") return RunVerifyOrderCommand(yards, clock);

  db::EventLog events(database, telemetry, clock);
  const ProtoEventBodies bodies;
  YardApi api(yards, bodies, ids, clock);
  const Following following{yards, bodies, ids, clock};
  rpc::Channel customs("customs", config.customs_address, config.rpc.tls);
  rpc::Channel fee("fee", config.fee_address, config.rpc.tls);
  rpc::Channel lane("lane", config.lane_address, config.rpc.tls);
  const rpc::Subscription<customs::v1::customs_service::Watch> trips(customs, telemetry, clock,
                                                                     FollowCustoms(following));
  const rpc::Subscription<fee::v1::fee_service::Watch> fees(fee, telemetry, clock, FollowFee(following));
  const rpc::Subscription<lane::v1::lane_service::Watch> passages(lane, telemetry, clock,
                                                                  FollowLane(following));
  const CallTimer timer(yards, bodies, ids, clock, telemetry, config.call_interval);
  Readiness readiness(clock);
  readiness.Add("database",
                [&] { return db::CheckMigrated(database, clock, embedded::yard_store::migrations()); });
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  rpc::Server server(config.rpc, telemetry, clock);
  Register(server, api, events);
  return server.RunUntilSignal(process, readiness);
}
