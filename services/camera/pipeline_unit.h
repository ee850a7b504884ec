// One camera within the pipeline. Private to pipeline*.cc.
#pragma once

#include <deque>

#include "services/camera/frame_search.h"
#include "services/camera/pipeline.h"
#include "services/camera/site_cameras.h"
#include "services/camera/vision/scene_model.h"
#include "services/camera/vision/sealed_decoder.h"

namespace bordergate::camera {

// What the lane takes of a picture; a read with a larger one it refuses.
inline constexpr size_t kEvidenceBytesMax = 1 << 20;

// A camera that only pushes shows a picture when a truck passes and none between.
inline HealthRules HealthRulesOf(const PlacedCamera& camera, const PipelineConfig& config) {
  HealthRules rules = config.health;
  if (!camera.url.empty()) return rules;
  rules.frame_gap_max = config.push.silence_max;
  rules.frozen_max = std::chrono::hours(24 * 3650);
  return rules;
}

// A frame that waits to be looked at for container numbers; the next that is worth it takes its place.
struct ContainerLook {
  Frame frame;
  cv::Mat picture;  // empty: not decoded yet
  SteadyInstant since;
};

struct Pipeline::Push {
  PushedEvent event;
  Frame frame;
};

// One camera. `mutex` of the pipeline guards what both its source thread and a vision thread touch; a unit is
// looked at by one vision thread at a time (`looking`).
class Pipeline::Unit {
 public:
  Unit(const PlacedCamera& camera, const PipelineConfig& config)
      : camera_id(camera.camera_id),
        lane_id(camera.lane_id),
        url(camera.url),
        position(camera.position),
        reads_plates(camera.reads_plates),
        health(HealthRulesOf(camera, config)),
        decoder(config.decoder_program),
        plates(RulesFor(camera.position, config.track)) {
    if (camera.reads_containers && config.container_pace.count() > 0)
      containers.emplace(ContainerRulesFor(position, config.track, config.container_pace));
  }

  static constexpr milliseconds kRateSpan{10'000};
  // A frame arrived; with the mutex held.
  void Count(SteadyInstant time) {
    arrivals.push_back(time);
    while (time - arrivals.front() > kRateSpan) arrivals.pop_front();
  }
  // Since when a push or a frame waits to be looked at; with the mutex held.
  std::optional<SteadyInstant> since() const {
    return pushes.empty() ? waiting_since : std::optional(pushes.front().frame.steady_time);
  }

  const std::string camera_id;
  const std::string lane_id;
  const std::string url;
  const Position position;
  const bool reads_plates;
  const bool is_further = position == Position::kRear || position == Position::kTrailer;
  std::thread source_thread;

  // Guarded by the pipeline's mutex.
  CameraHealth health;
  std::optional<Frame> newest;
  uint64_t digest = 0;
  std::optional<SteadyInstant> waiting_since{};  // newest, and frames before it, have not been looked at
  bool looking = false;
  bool wants_more = false;  // see FrameSearch::WantsMore
  std::deque<SteadyInstant> arrivals;
  std::deque<Push> pushes;            // not looked at yet
  std::deque<uint64_t> pushes_known;  // digests of the last ones: cameras send again what was not answered
  PictureHeader size;
  int64_t read_count = 0;

  // Only of the vision thread that looks; what waits may be seen while none does.
  SealedDecoder decoder;
  int64_t death_count = 0;     // of the decoder, as far as they were told
  uint64_t looked_digest = 0;  // of the frame that is looked at
  SteadyInstant looked_since{};
  FrameSearch plates;  // or slips
  std::optional<FrameSearch> containers;
  std::optional<ContainerLook> container_look{};
  std::optional<SteadyInstant> slip_time{};
  SceneModel scene;
  std::optional<SteadyInstant> scene_time{};
};

}  // namespace bordergate::camera
