// Whether a camera's frames can be trusted. Pure; one a camera, one thread.
//
// Faults, most important first: NO_FRAMES (nothing for frame_gap_max), FROZEN (the same bytes for frozen_max:
// a live sensor has noise, and the burnt-in clock moves), BLACK (no light at all). Source: faults E1, E5 of
// the fault catalogue.
#pragma once

#include <optional>
#include <string>

#include "libs/core/clock.h"

namespace bordergate::camera {

struct HealthRules {
  milliseconds frame_gap_max{3000};
  milliseconds frozen_max{30'000};
  double black_brightness_max = 6;  // mean of the gray values, 0 to 255
};

class CameraHealth {
 public:
  explicit CameraHealth(const HealthRules& rules) : rules_(rules) {}

  //   digest       of the frame's bytes
  //   brightness   mean gray value; nothing when the frame was the same as before and not decoded
  void AddFrame(SteadyInstant time, uint64_t digest, std::optional<double> brightness);

  // Empty when healthy.
  std::string FaultCode(SteadyInstant now) const;

 private:
  HealthRules rules_;
  bool any_ = false;
  SteadyInstant last_frame_{};
  SteadyInstant last_change_{};
  uint64_t digest_ = 0;
  double brightness_ = 255;
};

}  // namespace bordergate::camera
