// lane: the only writer to barrier hardware. The parts, top to bottom.
#include <atomic>

#include "embedded/lane.h"
#include "libs/core/or_exit.h"
#include "libs/core/process.h"
#include "libs/http/service_admin.h"
#include "libs/rpc/server.h"
#include "services/lane/api/convert.h"
#include "services/lane/api/lane_api.h"
#include "services/lane/bench_program.h"
#include "services/lane/config.h"
#include "services/lane/lane_telemetry.h"
#include "services/lane/memory.h"
#include "services/lane/peers/feeds.h"
#include "services/lane/site_lanes.h"
#include "services/lane/slip_keys.h"
#include "services/lane/stand_by.h"
#include "services/lane/standby_link.h"

using namespace bordergate;        // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::lane;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command =
      ParseCommandOrExit(argc, argv, "lane",
                         {{"verify-journal", "Checks the chain of the journal"},
                          {"bench", "Walks an electrician through the wiring of a lane; see bench --help"}});
  if (command.name == "bench") return BecomeBench(command.arguments);
  const auto config = LoadConfigOrExit<LaneConfig>(command, embedded::lane::config_toml());
  if (command.is_migrate()) return lane::RunMigrateCommand(config);
  if (command.name == "verify-journal") return RunVerifyCommand(config);
  const SystemClock clock;
  SystemRandom random;
  IdMaker ids(clock, random);
  Telemetry telemetry("lane", config.telemetry.log_level);
  const Site site = OrExit("lane", LoadSite(config.site_file));

  const auto memory = OrExit("lane", Memory::Open(config, telemetry, clock));
  const Feeds feeds(config.peers, config.rpc.tls, memory->admission(), telemetry, clock);
  std::atomic<bool> active = false;
  Readiness readiness(clock);
  readiness.Add("journal", [&] { return active ? memory->CheckWritable() : StandsBy(); });
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  const auto barriers = OrExit("lane", SiteBarriers::Make(site, config, clock));
  EndWhenTaken(*barriers, telemetry);
  auto turn = OrExit("lane", StandBy(process, config, *barriers, telemetry, clock));
  if (!turn) return 0;

  const ProtoEventBodies bodies;
  OrExit("lane", memory->OpenJournal(bodies, *std::move(turn)));
  const auto standby = StandbyLink::MakeFor(config, memory->journal_database(), random, telemetry, clock);
  const auto checkpoints = CheckpointsOf(OrExit("lane", LanesToRun(site, config.gate_ids)));
  OrExit("lane", memory->rules().Load(checkpoints, config.first_rule));
  LaneTelemetry observer(telemetry, clock);
  const LaneServices services{.journal = memory->journal(),
                              .evidence = memory->evidence(),
                              .admission = memory->admission(),
                              .centre = memory->admission(),
                              .rules = memory->rules(),
                              .bodies = bodies,
                              .ids = ids,
                              .clock = clock,
                              .observer = observer};
  const auto lanes = OrExit(
      "lane", SiteLanes::Make(site, config, *barriers, memory->journal(), services, memory->evidence()));
  LaneApi api(lanes->lanes(), lanes->board(), memory->rules(), memory->evidence(), memory->journal(),
              memory->journal(), SlipKeysIn(config.slip_key_folder), clock);
  rpc::Server server(config.rpc, telemetry, clock);
  Register(server, api);
  memory->StartTidying();
  lanes->StartPolling(config.poll_interval, config.scale_interval);
  if (standby) standby->Start([&](bool in_step) { return barriers->TellStandbyInStep(in_step); });
  active = true;
  return server.RunUntilSignal(process, readiness);
}
