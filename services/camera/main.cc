// camera: what was seen, how surely. The parts, top to bottom.
#include <opencv2/core.hpp>

#include "embedded/camera.h"
#include "libs/core/process.h"
#include "libs/http/service_admin.h"
#include "libs/rpc/server.h"
#include "services/camera/api/camera_api.h"
#include "services/camera/config.h"
#include "services/camera/lane_message.h"
#include "services/camera/live_picture.h"
#include "services/camera/peers/lane_link.h"
#include "services/camera/readers.h"

using namespace bordergate;          // NOLINT(google-build-using-namespace): a main is a list of parts
using namespace bordergate::camera;  // NOLINT(google-build-using-namespace)

int main(int argc, char** argv) {
  const Process process;
  cv::setNumThreads(1);  // one picture a thread; OpenCV's own pool would fight with ours
  const Command command = ParseCommandOrExit(argc, argv, "camera",
                                             {{"read", "Read the plates of pictures, then end", true},
                                              {"follow", "Follow the vehicles in frames, then end", true},
                                              {"aim", "Tell how well a camera is placed, then end", true}});
  if (command.name == "read") return RunReadCommand(command.arguments);
  if (command.name == "follow") return RunFollowCommand(command.arguments);
  if (command.name == "aim") return RunAimCommand(command.arguments);
  const auto config = LoadConfigOrExit<CameraConfig>(command, embedded::camera::config_toml());
  const SystemClock clock;
  SystemRandom random;
  IdMaker ids(clock, random);
  Telemetry telemetry("camera", config.telemetry.log_level);
  if (command.is_migrate()) return 0;  // camera owns no data

  ProveDecoderOrExit(config.pipeline.decoder_program);
  Pipeline pipeline(
      config.pipeline, config.site,
      LoadReadersOrExit(config.models_folder, config.vision_threads, config.looks_for_containers()),
      telemetry, clock);
  PushingTagReaders tag_readers(config.tags, config.site, telemetry, clock);
  LaneLink lane(config.lane_address, config.rpc.tls, pipeline, tag_readers, telemetry, clock);
  pipeline.Start([&](SeenPlate seen) { lane.Send(ToProto(seen, ids)); },
                 [&](SeenSlip seen) { lane.Send(ToProto(seen, ids)); },
                 [&](SeenContainer seen) { lane.Send(ToProto(seen, ids)); });
  tag_readers.Start([&](SeenTag seen) { lane.Send(ToProto(seen, ids)); });
  const auto push = StartPushOrExit(config.push, pipeline, tag_readers, telemetry, clock);
  LivePictures live(config.pipeline.decoder_program);
  CameraApi api(pipeline, std::bind_front(&LivePictures::Shrink, &live));

  Readiness readiness(clock);
  const auto admin = http::StartAdminOrExit(config.admin, telemetry, readiness);
  rpc::Server server(config.rpc, telemetry, clock);
  Register(server, api);
  const int status = server.RunUntilSignal(process, readiness);
  tag_readers.Stop();  // before the link to the lane, which they tell
  pipeline.Stop();
  return status;
}
