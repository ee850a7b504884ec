// simulator: the world with no hardware. The parts, top to bottom.
#include <opencv2/core.hpp>

#include "embedded/simulator.h"
#include "libs/core/process.h"
#include "libs/http/service_admin.h"
#include "services/simulator/config.h"
#include "services/simulator/device/pango_text.h"
#include "services/simulator/stage.h"

using namespace bordergate;             // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::simulator;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  const Command command = ParseCommandOrExit(argc, argv, "simulator");
  const auto config = LoadConfigOrExit<SimulatorConfig>(command, embedded::simulator::config_toml());
  if (command.is_migrate()) return 0;  // it keeps no database
  const SystemClock clock;
  SystemRandom random;
  IdMaker ids(clock, random);
  Telemetry telemetry("simulator", config.telemetry.log_level);
  cv::setNumThreads(1);  // one painting thread is enough, and leaves the cores to the platform
  OrExit(CheckFonts(), telemetry);

  const Site site = OrExit(LoadSite(config.site_file), telemetry);
  const auto lanes = SimulatedLanes(site);
  const auto photos = OrExit(OpenPhotos(config.photo_folder), telemetry);
  World world(PlacesOf(lanes), config.world, OrExit(TruthFile::Open(config.truth_file), telemetry), clock,
              ids, telemetry);
  const auto controllers = OrExit(StartControllers(lanes, world), telemetry);
  const auto displays = OrExit(StartDisplays(lanes), telemetry);
  const auto scales = OrExit(StartScales(lanes, world), telemetry);
  const auto cameras = OrExit(StartCameras(site, world, config.frames, clock), telemetry);
  const auto tag_readers = OrExit(StartTagReaders(config, lanes, world, clock), telemetry);
  const auto cast = OrExit(StartCast(config, photos, world, clock, telemetry), telemetry);
  const auto control =
      OrExit(OpenControlDoor(config, photos, cameras, displays, scales, cast.get(), world, clock), telemetry);

  Readiness readiness(clock);
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  telemetry.log.Info("world.started", "the simulated world runs",
                     {{"lane_count", lanes.size()},
                      {"camera_server_count", cameras.size()},
                      {"tag_reader_count", tag_readers.size()},
                      {"actors", cast != nullptr},
                      {"photo_count", photos ? photos->photos().size() : 0},
                      {"control_port", control ? control->port() : 0}});
  process.WaitForStop();
  readiness.StartDraining();
  return 0;
}
