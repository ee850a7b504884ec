// exchange: what other agencies receive. The parts, top to bottom.
#include "embedded/exchange.h"
#include "embedded/exchange_store.h"
#include "libs/core/process.h"
#include "libs/db/event_log.h"
#include "libs/db/migrate.h"
#include "libs/http/service_admin.h"
#include "libs/rpc/server.h"
#include "services/exchange/api/exchange_api.h"
#include "services/exchange/config.h"
#include "services/exchange/peers/event_projection.h"
#include "services/exchange/store/postgres_exchange_store.h"

using namespace bordergate;            // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::exchange;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command = ParseCommandOrExit(argc, argv, "exchange");
  const auto config = LoadConfigOrExit<ExchangeConfig>(command, embedded::exchange::config_toml());
  const SystemClock clock;
  Telemetry telemetry("exchange", config.telemetry.log_level);
  db::Database database(config.database, telemetry, clock);
  if (command.is_migrate())
    return db::RunMigrateCommand(process, database, clock, embedded::exchange_store::migrations());

  db::EventLog events(database, telemetry, clock);
  db::PostgresUnitOfWork<ExchangeStore, PostgresExchangeStore> exchange(database, clock);
  const ProtoEventCatalogue catalogue;
  rpc::Bell bell;
  ExchangeApi api(exchange, catalogue, bell, clock);
  const EventFeeds feeds(config.peers, config.rpc.tls, exchange, bell, telemetry, clock);

  Readiness readiness(clock);
  readiness.Add("database",
                [&] { return db::CheckMigrated(database, clock, embedded::exchange_store::migrations()); });
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  rpc::Server server(config.rpc, telemetry, clock);
  Register(server, api, events);
  return server.RunUntilSignal(process, readiness);
}
