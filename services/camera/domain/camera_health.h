// How a camera is. Pure; one a camera, one thread.
//
// Faults, most important first: NO_FRAMES (nothing for frame_gap_max), FROZEN (the same bytes for frozen_max:
// a live sensor has noise, and the burnt-in clock moves), BLACK (no light at all), MOVED and BLURRED
// (scene_watch.h). Warnings, when there is no fault: SCENE_CHANGED (scene_watch.h), CLOCK_SKEW (the clock of
// the camera is off by more than skew_max; reads are dated by ours). Source: faults E1, E5, E6 of the fault
// catalogue.
#pragma once

#include <optional>
#include <string>

#include "services/camera/domain/clock_skew.h"
#include "services/camera/domain/scene_watch.h"

namespace bordergate::camera {

struct HealthRules {
  milliseconds frame_gap_max{3000};
  milliseconds frozen_max{30'000};
  double black_brightness_max = 6;  // mean of the gray values, 0 to 255
  milliseconds skew_max{2000};
  SceneRules scene;
};

class CameraHealth {
 public:
  explicit CameraHealth(const HealthRules& rules) : rules_(rules), scene_(rules.scene) {}

  //   digest       of the frame's bytes
  //   brightness   mean gray value; nothing when the frame was the same as before and not decoded
  void AddFrame(SteadyInstant time, uint64_t digest, std::optional<double> brightness);
  // The camera is there, though it sent no frame.
  void AddSignOfLife(SteadyInstant time);
  void AddScene(SteadyInstant time, const SceneMeasure& measure) { scene_.Add(time, measure); }
  void AddStatedTime(Instant received, Instant stated) { skew_.Add(received, stated); }

  // Empty when healthy.
  std::string FaultCode(SteadyInstant now) const;
  // Empty when there is nothing to say or a fault says it.
  std::string WarningCode(SteadyInstant now) const;
  std::optional<milliseconds> skew() const { return skew_.skew(); }

 private:
  HealthRules rules_;
  bool any_ = false;
  SteadyInstant last_frame_{};
  SteadyInstant last_change_{};
  uint64_t digest_ = 0;
  double brightness_ = 255;
  SceneWatch scene_;
  ClockSkew skew_;
};

}  // namespace bordergate::camera
