// Container numbers in the frames of further cameras: after the plates of the same picture, in a turn of
// their own, so that a frame of a front camera waits for one of the two at most; told in the same way.
#include "services/camera/live_picture.h"
#include "services/camera/pipeline_unit.h"
#include "services/camera/sighting.h"

namespace bordergate::camera {

void Pipeline::WantContainers(Unit& unit, const Frame& frame, const cv::Mat& picture) {
  // Of those that wait the newest is looked at; it is due when the first was.
  const SteadyInstant since = unit.container_look ? unit.container_look->since : unit.looked_since;
  unit.container_look = ContainerLook{.frame = frame, .picture = picture, .since = since};
}

void Pipeline::LookForContainers(Unit& unit, const ContainerNumberReader& reader) {
  const ContainerLook look = *std::exchange(unit.container_look, std::nullopt);
  const Frame& frame = look.frame;
  const SteadyInstant start = clock_.SteadyNow();
  cv::Mat picture = look.picture;
  if (picture.empty()) {
    const Result<cv::Mat> decoded = Decode(unit, frame, true);
    if (!decoded) return;
    picture = *decoded;
  }
  const std::vector<ContainerRead> reads = reader(picture);
  container_look_duration_.Observe(std::chrono::duration<double>(clock_.SteadyNow() - start).count());
  unit.containers->seen = !reads.empty();
  if (reads.empty()) return unit.containers->tracker.AddNothing(frame.steady_time);
  const Tracker::Verdict verdict = unit.containers->tracker.Add(SightingsOf(reads), frame.steady_time);
  {
    const std::lock_guard lock(mutex_);
    ++unit.read_count;
  }
  SeenContainer seen{.camera_id = unit.camera_id,
                     .lane_id = unit.lane_id,
                     .read = reads[verdict.chosen],
                     .track = verdict.track,
                     .frame_time = frame.time};
  seen.read.sure = verdict.sure;
  if (verdict.with_evidence) seen.evidence_jpeg = FitJpeg(frame.jpeg, picture, kEvidenceBytesMax);
  telemetry_.metrics
      .NewCounter("container_reads_total", "Container numbers told to the lane, by how sure they were",
                  {{"camera_id", unit.camera_id}, {"certainty", seen.read.sure ? "SURE" : "UNSURE"}})
      .Increment();
  container_sink_(std::move(seen));
}

}  // namespace bordergate::camera
