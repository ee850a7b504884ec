// report: what happened, how fast, how much. The parts, top to bottom.
#include "embedded/report.h"
#include "embedded/report_store.h"
#include "libs/core/process.h"
#include "libs/db/migrate.h"
#include "libs/http/service_admin.h"
#include "libs/rpc/server.h"
#include "services/report/api/report_api.h"
#include "services/report/config.h"
#include "services/report/peers/event_feeds.h"
#include "services/report/store/postgres_report_store.h"

using namespace bordergate;          // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::report;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command = ParseCommandOrExit(argc, argv, "report");
  const auto config = LoadConfigOrExit<ReportConfig>(command, embedded::report::config_toml());
  const SystemClock clock;
  Telemetry telemetry("report", config.telemetry.log_level);
  db::Database database(config.database, telemetry, clock);
  if (command.is_migrate())
    return db::RunMigrateCommand(process, database, clock, embedded::report_store::migrations());

  db::PostgresUnitOfWork<ReportStore, PostgresReportStore> reports(database, clock);
  const EventFeeds feeds(config.peers, config.rpc.tls, reports, telemetry, clock);
  ReportApi api(reports, config.site, clock, [&] { return feeds.OldestAge(); });

  Readiness readiness(clock);
  readiness.Add("database",
                [&] { return db::CheckMigrated(database, clock, embedded::report_store::migrations()); });
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  rpc::Server server(config.rpc, telemetry, clock);
  Register(server, api);
  return server.RunUntilSignal(process, readiness);
}
