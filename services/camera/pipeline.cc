#include "services/camera/pipeline.h"

#include <algorithm>
#include <bit>

#include <opencv2/imgproc.hpp>

#include "services/camera/domain/look_order.h"
#include "services/camera/domain/reasons.h"
#include "services/camera/live_picture.h"
#include "services/camera/pipeline_unit.h"
#include "services/camera/sighting.h"
#include "services/camera/vision/slip_finder.h"

namespace bordergate::camera {
namespace {

constexpr milliseconds kStillLife{5000};
constexpr milliseconds kSlipPace{300};
constexpr milliseconds kSlipLookAgain{2000};
constexpr milliseconds kRetryFirst{200};
constexpr milliseconds kRetryLongest{5000};

std::span<const uint8_t> BytesOf(const std::string& jpeg) {
  return {reinterpret_cast<const uint8_t*>(jpeg.data()), jpeg.size()};
}

}  // namespace

Pipeline::Pipeline(const PipelineConfig& config, const Site& site, std::vector<Readers> readers,
                   Telemetry& telemetry, const Clock& clock)
    : config_(config),
      telemetry_(telemetry),
      clock_(clock),
      look_duration_(telemetry.metrics.NewHistogram(
          "look_duration_seconds", "Time to read the plates of one frame", CallDurationBounds())),
      container_look_duration_(telemetry.metrics.NewHistogram(
          "container_look_duration_seconds",
          "Time to look for container numbers in one frame of a further camera", CallDurationBounds())),
      readers_(std::move(readers)) {
  for (const PlacedCamera& camera : CamerasOf(site))
    units_.push_back(std::make_unique<Unit>(camera, config_));
}

Pipeline::~Pipeline() { Stop(); }

void Pipeline::Stop() {
  stop_.Stop();
  {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Pipeline::Start(Sink sink, SlipSink slip_sink, ContainerSink container_sink) {
  sink_ = std::move(sink);
  slip_sink_ = std::move(slip_sink);
  container_sink_ = std::move(container_sink);
  for (const auto& unit : units_) {
    if (!unit->url.empty()) threads_.emplace_back([this, &unit = *unit] { Receive(unit); });
  }
  for (const Readers& readers : readers_) threads_.emplace_back([this, &readers] { Look(readers); });
}

void Pipeline::Receive(Unit& unit) {
  const auto source = MakeFrameSource(unit.url, config_.source, clock_);
  milliseconds pause = kRetryFirst;
  bool reported = false;
  while (!stop_.stopped()) {
    const SteadyInstant start = clock_.SteadyNow();
    const Result<void> end = source->Run([&](Frame frame) { Arrived(unit, std::move(frame)); }, stop_);
    if (clock_.SteadyNow() - start > kRetryLongest) {
      pause = kRetryFirst;
      reported = false;
    }
    if (!end && !reported) {
      telemetry_.log.Warning("camera.away", end.error().message(), {{"camera_id", unit.camera_id}});
      reported = true;
    }
    if (stop_.WaitFor(pause)) return;
    pause = std::min(pause * 2, kRetryLongest);
  }
}

void Pipeline::Arrived(Unit& unit, Frame frame) {
  const uint64_t digest = std::hash<std::string>()(*frame.jpeg);
  const std::lock_guard lock(mutex_);
  unit.Count(frame.steady_time);
  unit.health.AddFrame(frame.steady_time, digest, std::nullopt);
  if (frame.stated_time) unit.health.AddStatedTime(frame.time, *frame.stated_time);
  const bool same = unit.newest && digest == unit.digest;
  const SteadyInstant time = frame.steady_time;
  unit.digest = digest;
  unit.newest = std::move(frame);
  // Byte for byte what was seen before: the camera is alive and nothing is new. What waits for a second look
  // gets it all the same, once: a camera that shows a still picture is believed as far as that goes.
  if (same && !unit.wants_more) return;
  if (!unit.waiting_since) unit.waiting_since = time;
  changed_.notify_one();
}

std::optional<Pipeline::Turn> Pipeline::NextTurn() {
  std::vector<WaitingLook> waiting;
  std::vector<Turn> turns;
  for (const auto& unit : units_) {
    if (unit->looking) continue;
    const auto add = [&](SteadyInstant since, bool for_containers) {
      waiting.push_back({.since = since, .yields = unit->is_further});
      turns.push_back({.unit = unit.get(), .for_containers = for_containers});
    };
    if (unit->container_look) add(unit->container_look->since, true);
    if (const auto since = unit->since()) add(*since, false);
  }
  const std::optional<size_t> next = NextLook(waiting);
  return next ? std::optional(turns[*next]) : std::nullopt;
}

void Pipeline::Look(const Readers& readers) {
  std::unique_lock lock(mutex_);
  while (true) {
    std::optional<Turn> turn;
    changed_.wait(lock, [&] { return stop_.stopped() || (turn = NextTurn()).has_value(); });
    if (stop_.stopped()) return;
    Unit* unit = turn->unit;
    unit->looking = true;
    if (turn->for_containers) {
      lock.unlock();
      LookForContainers(*unit, readers.containers);
    } else if (!unit->pushes.empty()) {
      const Push push = std::move(unit->pushes.front());
      unit->pushes.pop_front();
      lock.unlock();
      LookAtPush(*unit, push, readers.plates);
    } else {
      unit->looked_since = *std::exchange(unit->waiting_since, std::nullopt);
      const Frame frame = *unit->newest;
      unit->looked_digest = unit->digest;
      lock.unlock();
      LookAt(*unit, frame, readers);
    }
    lock.lock();
    unit->wants_more = unit->plates.WantsMore() || (unit->containers && unit->containers->WantsMore());
    unit->looking = false;
  }
}

Result<cv::Mat> Pipeline::Decode(Unit& unit, const Frame& frame, bool whole) {
  Result<cv::Mat> picture =
      whole ? unit.decoder.Whole(BytesOf(*frame.jpeg)) : unit.decoder.Small(BytesOf(*frame.jpeg));
  if (picture) return picture;
  telemetry_.metrics
      .NewCounter("frames_refused_total", "Frames that were not decoded",
                  {{"reason", picture.error().reason()}})
      .Increment();
  const int64_t deaths = unit.decoder.death_count();
  if (deaths > unit.death_count && std::has_single_bit(static_cast<uint64_t>(deaths))) {
    telemetry_.log.Warning("camera.picture_hostile", "a picture ended its decoder",
                           {{"camera_id", unit.camera_id}, {"count", std::to_string(deaths)}});
  }
  unit.death_count = deaths;
  return picture;
}

Pipeline::Wanted Pipeline::WhatToLookFor(Unit& unit, const Frame& frame) {
  const Result<cv::Mat> decoded = Decode(unit, frame, false);
  if (!decoded) return {};
  const cv::Mat& small = *decoded;
  const Result<PictureHeader> header = ReadPictureHeader(BytesOf(*frame.jpeg));
  {
    const std::lock_guard lock(mutex_);
    unit.size = *header;
    unit.health.AddFrame(frame.steady_time, unit.digest, cv::mean(small)[0]);
  }
  const auto take = [&](FrameSearch& search) {
    return search.Take(small, unit.looked_digest, frame.steady_time, config_.difference_min);
  };
  return {.plates = take(unit.plates), .containers = unit.containers && take(*unit.containers)};
}

void Pipeline::WatchScene(Unit& unit, const Frame& frame) {
  if (unit.scene_time && frame.steady_time - *unit.scene_time < config_.health.scene.sample_interval) return;
  unit.scene_time = frame.steady_time;
  const Result<cv::Mat> picture = Decode(unit, frame, true);
  if (!picture) return;
  cv::Mat gray;
  cv::cvtColor(*picture, gray, cv::COLOR_BGR2GRAY);
  const auto measure = unit.scene.Add(gray);
  if (!measure) return;
  const std::lock_guard lock(mutex_);
  unit.health.AddScene(frame.steady_time, *measure);
}

// A slip is sent again and again while it is shown: the lane takes what was seen while its vehicle stood
// there.
void Pipeline::LookForSlip(Unit& unit, const Frame& frame) {
  const auto since = unit.slip_time ? frame.steady_time - *unit.slip_time : SteadyInstant::duration::max();
  if (since < kSlipPace) return;
  // Also a picture at rest is looked at again: a code that one frame's noise hid is seen in another.
  if (!WhatToLookFor(unit, frame).plates && since < kSlipLookAgain) return;
  unit.slip_time = frame.steady_time;
  const Result<cv::Mat> picture = Decode(unit, frame, true);
  if (!picture) return;
  std::optional<std::string> text = FindSlip(*picture);
  unit.plates.seen = text.has_value();
  if (!text) return;
  {
    const std::lock_guard lock(mutex_);
    ++unit.read_count;
  }
  slip_sink_({.camera_id = unit.camera_id,
              .lane_id = unit.lane_id,
              .text = *std::move(text),
              .frame_time = frame.time,
              .evidence_jpeg = FitJpeg(frame.jpeg, *picture, kEvidenceBytesMax)});
}

void Pipeline::LookAt(Unit& unit, const Frame& frame, const Readers& readers) {
  if (unit.position == Position::kWindow) return LookForSlip(unit, frame);
  WatchScene(unit, frame);
  Wanted wanted = WhatToLookFor(unit, frame);
  wanted.plates = wanted.plates && unit.reads_plates;
  wanted.containers = wanted.containers && readers.containers;
  if (!wanted.plates) {
    if (wanted.containers) WantContainers(unit, frame, {});
    return;
  }
  const SteadyInstant start = clock_.SteadyNow();
  const Result<cv::Mat> picture = Decode(unit, frame, true);
  if (!picture) return;
  const std::vector<PlateRead> reads = readers.plates(*picture);
  look_duration_.Observe(std::chrono::duration<double>(clock_.SteadyNow() - start).count());
  unit.plates.seen = !reads.empty();
  if (reads.empty()) {
    unit.plates.tracker.AddNothing(frame.steady_time);
  } else {
    Tell(unit, {.evidence_jpeg = FitJpeg(frame.jpeg, *picture, kEvidenceBytesMax)}, reads, frame);
  }
  if (wanted.containers) WantContainers(unit, frame, *picture);
}

void Pipeline::Tell(Unit& unit, SeenPlate seen, std::span<const PlateRead> reads, const Frame& frame) {
  const Tracker::Verdict verdict = unit.plates.tracker.Add(SightingsOf(reads), frame.steady_time);
  {
    const std::lock_guard lock(mutex_);
    ++unit.read_count;
  }
  seen.camera_id = unit.camera_id;
  seen.lane_id = unit.lane_id;
  seen.read = reads[verdict.chosen];
  seen.read.sure = seen.read.sure && (verdict.sure || seen.confirmed);
  seen.track = verdict.track;
  seen.frame_time = frame.time;
  if (!verdict.with_evidence) seen.evidence_jpeg = nullptr;
  sink_(std::move(seen));
}

std::vector<CameraStatus> Pipeline::List() const {
  const std::lock_guard lock(mutex_);
  const SteadyInstant now = clock_.SteadyNow();
  std::vector<CameraStatus> cameras;
  for (const auto& unit : units_) {
    CameraStatus status{.camera_id = unit->camera_id,
                        .lane_id = unit->lane_id,
                        .position = unit->position,
                        .fault_code = unit->health.FaultCode(now),
                        .warning_code = unit->health.WarningCode(now),
                        .clock_skew = unit->health.skew(),
                        .width_px = unit->size.width_px,
                        .height_px = unit->size.height_px,
                        .read_count = unit->read_count};
    if (unit->newest) status.frame_time = unit->newest->time;
    const auto recent =
        std::count_if(unit->arrivals.begin(), unit->arrivals.end(),
                      [&](SteadyInstant arrival) { return now - arrival <= Unit::kRateSpan; });
    status.frames_per_second =
        static_cast<double>(recent) / std::chrono::duration<double>(Unit::kRateSpan).count();
    cameras.push_back(std::move(status));
  }
  return cameras;
}

Result<CameraStill> Pipeline::Still(const std::string& camera_id) const {
  const std::lock_guard lock(mutex_);
  const auto unit = std::find_if(units_.begin(), units_.end(),
                                 [&](const auto& item) { return item->camera_id == camera_id; });
  if (unit == units_.end()) return Error(kCameraNotFound, "there is no such camera");
  const auto& newest = (*unit)->newest;
  if (!newest || clock_.SteadyNow() - newest->steady_time > kStillLife) {
    return Error(kCameraNoFrame, "the camera sent no frame in the last 5 s");
  }
  return CameraStill{.jpeg = newest->jpeg, .frame_time = newest->time};
}

}  // namespace bordergate::camera
