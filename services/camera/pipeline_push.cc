// Events of cameras that read plates themselves: kept short, looked at as frames are, joined with what the
// camera read.
#include <algorithm>

#include "services/camera/domain/pushed_read.h"
#include "services/camera/live_picture.h"
#include "services/camera/pipeline_unit.h"

namespace bordergate::camera {
namespace {

constexpr size_t kPushesWaitingMax = 4;
constexpr size_t kPushesKnownMax = 8;

uint64_t DigestOf(const PushedEvent& event) {
  const std::string when = event.stated_time ? FormatInstant(*event.stated_time) : "";
  return std::hash<std::string>()(when + "|" + event.plate + "|" + event.picture);
}

PlateRead ReadOf(const Plate& claimed, double confidence) {
  return {.plate = claimed.key, .country = claimed.country, .confidence = confidence, .corners = {}};
}

}  // namespace

void Pipeline::TakePush(const std::string& camera_id, PushedEvent event) {
  const Instant now = clock_.Now();
  const SteadyInstant steady_now = clock_.SteadyNow();
  const auto refuse = [&](const char* reason) {
    telemetry_.metrics
        .NewCounter("pushes_dropped_total", "Pushed events that were not looked at", {{"reason", reason}})
        .Increment();
  };
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(units_.begin(), units_.end(),
                                  [&](const auto& item) { return item->camera_id == camera_id; });
  if (found == units_.end()) return refuse("UNKNOWN");
  Unit& unit = **found;
  if (unit.url.empty()) unit.health.AddSignOfLife(steady_now);
  if (event.stated_time) unit.health.AddStatedTime(now, *event.stated_time);
  if (!event.is_plate) return;
  if (!event.stated_time || IsLatePush(now, *event.stated_time, config_.push.late_max)) return refuse("LATE");
  const uint64_t digest = DigestOf(event);
  if (std::count(unit.pushes_known.begin(), unit.pushes_known.end(), digest) > 0) return refuse("REPEATED");
  unit.pushes_known.push_back(digest);
  if (unit.pushes_known.size() > kPushesKnownMax) unit.pushes_known.pop_front();
  if (unit.pushes.size() == kPushesWaitingMax) {
    unit.pushes.pop_front();
    refuse("OVERTAKEN");
  }
  Frame frame{.jpeg = std::make_shared<const std::string>(std::move(event.picture)),
              .time = now,
              .steady_time = steady_now};
  unit.pushes.push_back({.event = std::move(event), .frame = std::move(frame)});
  changed_.notify_one();
}

void Pipeline::LookAtPush(Unit& unit, const Push& push, const Reader& reader) {
  const Frame& frame = push.frame;
  std::vector<PlateRead> reads;
  std::shared_ptr<const std::string> evidence;
  if (!frame.jpeg->empty()) {
    const SteadyInstant start = clock_.SteadyNow();
    if (const Result<cv::Mat> picture = Decode(unit, frame, true)) {
      reads = reader(*picture);
      look_duration_.Observe(std::chrono::duration<double>(clock_.SteadyNow() - start).count());
      evidence = FitJpeg(frame.jpeg, *picture,
                         kEvidenceBytesMax);  // a picture that cannot be decoded is shown to nobody
      const std::lock_guard lock(mutex_);
      unit.size = {.width_px = picture->cols, .height_px = picture->rows};
      if (unit.url.empty()) {
        unit.Count(frame.steady_time);
        unit.newest = frame;
      }
    }
  }
  const Result<Plate> claimed = ParsePlate(push.event.plate);
  const auto claimed_key = claimed ? std::optional(claimed->key) : std::nullopt;
  // Of several plates in the picture the one that the camera read as well is the one it means.
  const auto same = std::find_if(reads.begin(), reads.end(),
                                 [&](const PlateRead& read) { return PlateKey(read.plate) == claimed_key; });
  const auto own = same != reads.end() ? same : reads.begin();
  const auto own_key = own != reads.end() ? std::optional(PlateKey(own->plate)) : std::nullopt;
  const PushVerdict verdict = JudgePush(own_key, claimed_key);
  telemetry_.metrics
      .NewCounter("pushed_reads_total", "Plates of cameras that read themselves, beside our own reading",
                  {{"camera_id", unit.camera_id}, {"verdict", std::string(VerdictName(verdict))}})
      .Increment();
  if (verdict == PushVerdict::kNothing) return;
  PlateRead read = own != reads.end() ? *own : ReadOf(*claimed, push.event.confidence);
  if (verdict == PushVerdict::kContradicted || verdict == PushVerdict::kUnconfirmed) read.sure = false;
  Tell(unit,
       {.evidence_jpeg = std::move(evidence),
        .located = own != reads.end(),
        .confirmed = verdict == PushVerdict::kAgreed},
       {&read, 1}, frame);
}

}  // namespace bordergate::camera
