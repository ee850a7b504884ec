#include "services/camera/domain/camera_health.h"

namespace bordergate::camera {

void CameraHealth::AddFrame(SteadyInstant time, uint64_t digest, std::optional<double> brightness) {
  if (!any_ || digest != digest_) last_change_ = time;
  any_ = true;
  digest_ = digest;
  last_frame_ = time;
  if (brightness) brightness_ = *brightness;
}

void CameraHealth::AddSignOfLife(SteadyInstant time) {
  if (!any_) last_change_ = time;
  any_ = true;
  last_frame_ = time;
}

std::string CameraHealth::FaultCode(SteadyInstant now) const {
  if (!any_ || now - last_frame_ > rules_.frame_gap_max) return "NO_FRAMES";
  if (now - last_change_ > rules_.frozen_max) return "FROZEN";
  if (brightness_ <= rules_.black_brightness_max) return "BLACK";
  return scene_.FaultCode();
}

std::string CameraHealth::WarningCode(SteadyInstant now) const {
  if (!FaultCode(now).empty()) return {};
  if (const std::string code = scene_.WarningCode(); !code.empty()) return code;
  const auto skew = skew_.skew();
  return skew && std::chrono::abs(*skew) > rules_.skew_max ? "CLOCK_SKEW" : "";
}

}  // namespace bordergate::camera
