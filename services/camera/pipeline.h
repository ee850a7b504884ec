// From frames to reads: one thread a camera receives, few threads look. A slow or dead camera delays no
// other; of each camera only the newest frame waits; frames with nothing new are told cheaply and not looked
// at.
//
//   source thread:   frame -> same bytes as before? -> health -> newest
//   vision thread:   newest frame of whoever is next (domain/look_order.h) -> small gray picture: anything
//   new? -> nets -> tracker -> sink; of further cameras container numbers as well, in a turn of its own and
//   with a tracker of their own
//   push:            event of a camera that reads plates itself -> its own short queue -> nets -> joined with
//   what the camera read (domain/pushed_read.h) -> tracker -> sink
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "libs/config/site.h"
#include "libs/core/clock.h"
#include "libs/core/stop_flag.h"
#include "libs/telemetry/telemetry.h"
#include "services/camera/device/frame_source.h"
#include "services/camera/device/pushed_event.h"
#include "services/camera/domain/camera_health.h"
#include "services/camera/domain/cameras.h"
#include "services/camera/domain/tracker.h"
#include "services/camera/vision/container_read.h"
#include "services/camera/vision/picture_header.h"
#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

struct PushRules {
  milliseconds late_max{3000};  // an event whose own time is further from ours is no read of who stands there
  milliseconds silence_max{90'000};  // a camera that only pushes and is silent for so long is NO_FRAMES
};

struct PipelineConfig {
  // Mean difference of gray values, 0 to 255, from which on a frame counts as new.
  double difference_min = 1.5;
  SourceTimes source;
  HealthRules health;
  TrackRules track;
  // Of a further camera, frames sooner than this after the last one that was looked at for container numbers
  // are looked at for plates only; 0: all of them.
  milliseconds container_pace{300};
  std::string decoder_program;  // path of camera_decoder
  PushRules push;
};

// A read with the frame it rests on.
struct SeenPlate {
  std::string camera_id;
  std::string lane_id;
  PlateRead read;
  int64_t track = 0;
  Instant frame_time;
  std::shared_ptr<const std::string> evidence_jpeg;  // nothing when the picture need not be sent
  bool located =
      true;  // false: only the camera that pushed it says so; where and in which layout is not known
  bool confirmed = false;  // by another witness than a second frame: the camera itself reads plates
};

// The text of a slip (vision/slip_finder.h) in a frame.
struct SeenSlip {
  std::string camera_id;
  std::string lane_id;
  std::string text;
  Instant frame_time;
  std::shared_ptr<const std::string> evidence_jpeg;
};

// The number of a container in a frame of a further camera.
struct SeenContainer {
  std::string camera_id;
  std::string lane_id;
  ContainerRead read;
  int64_t track = 0;
  Instant frame_time;
  std::shared_ptr<const std::string> evidence_jpeg;  // nothing when the picture need not be sent
};

class Pipeline final : public Cameras {
 public:
  // Called on a vision thread, one camera's reads in order; must not wait.
  using Sink = std::function<void(SeenPlate)>;
  using SlipSink = std::function<void(SeenSlip)>;
  using ContainerSink = std::function<void(SeenContainer)>;

  // Reads the plates, or the container numbers, of one picture, surest first; called by one thread at a time.
  using Reader = std::function<std::vector<PlateRead>(const cv::Mat&)>;
  using ContainerNumberReader = std::function<std::vector<ContainerRead>(const cv::Mat&)>;

  // Of one vision thread. Without `containers` nobody looks for container numbers.
  struct Readers {
    // Implicit: a site without further cameras reads plates and nothing else.
    template <std::convertible_to<Reader> Plates>
    Readers(Plates of_plates, ContainerNumberReader of_containers = nullptr)
        : plates(std::move(of_plates)), containers(std::move(of_containers)) {}
    Reader plates;
    ContainerNumberReader containers;
  };

  //   readers   one a vision thread
  Pipeline(const PipelineConfig& config, const Site& site, std::vector<Readers> readers, Telemetry& telemetry,
           const Clock& clock);
  ~Pipeline() override;

  // Receives and looks from here on.
  void Start(
      Sink sink, SlipSink slip_sink = [](const SeenSlip&) {},
      ContainerSink container_sink = [](const SeenContainer&) {});
  // Ends receiving and looking; nobody is told any more. Also done by the destructor.
  void Stop();

  // An event of a camera that has proved who it is; one that is not of this site is dropped. Any thread; does
  // not wait.
  void TakePush(const std::string& camera_id, PushedEvent event);

  std::vector<CameraStatus> List() const override;
  Result<CameraStill> Still(const std::string& camera_id) const override;

 private:
  class Unit;
  struct Push;
  // Receives from one camera until the end.
  void Receive(Unit& unit);
  void Arrived(Unit& unit, Frame frame);
  // What a vision thread does next.
  struct Turn {
    Unit* unit = nullptr;
    bool for_containers = false;  // the frame that was kept for that
  };
  // With the mutex held; nothing: nobody waits.
  std::optional<Turn> NextTurn();
  // Looks at frames until the end.
  void Look(const Readers& readers);
  void LookAt(Unit& unit, const Frame& frame, const Readers& readers);
  // Keeps the frame for a turn of its own.
  //   picture   of the frame; empty when it has not been decoded
  void WantContainers(Unit& unit, const Frame& frame, const cv::Mat& picture);
  void LookForContainers(Unit& unit, const ContainerNumberReader& reader);
  void LookAtPush(Unit& unit, const Push& push, const Reader& reader);
  // What the lane is told of the plates of one frame, surest first, at least one: the one that stands for its
  // vehicle, with the picture when it is worth it.
  void Tell(Unit& unit, SeenPlate seen, std::span<const PlateRead> reads, const Frame& frame);
  void LookForSlip(Unit& unit, const Frame& frame);
  Result<cv::Mat> Decode(Unit& unit, const Frame& frame, bool whole);
  // What a frame that arrived is worth looking at whole for.
  struct Wanted {
    bool plates = false;  // or a slip
    bool containers = false;
  };
  Wanted WhatToLookFor(Unit& unit, const Frame& frame);
  void WatchScene(Unit& unit, const Frame& frame);

  const PipelineConfig config_;
  Telemetry& telemetry_;
  const Clock& clock_;
  Histogram look_duration_;
  Histogram container_look_duration_;
  Sink sink_;
  SlipSink slip_sink_;
  ContainerSink container_sink_;
  StopFlag stop_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Readers> readers_;
  std::vector<std::unique_ptr<Unit>> units_;
  std::vector<std::thread> threads_;
};

}  // namespace bordergate::camera
