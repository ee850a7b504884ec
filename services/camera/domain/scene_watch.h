// Whether a camera still looks where it looked, and as sharply. Pure; one a camera, one thread.
//
// What a frame shows is compared with the scene the camera showed when it was learned (vision/scene_model.h).
// A vehicle hides part of the scene, a fault stays: only what holds for `lasting_min` without a sample
// against it counts. A shift that can be measured is the fault MOVED, a loss of sharpness the fault BLURRED.
// When almost nothing of the scene is found, something may stand before the lens or the camera may look
// elsewhere; that is the warning SCENE_CHANGED, for somebody to look.
#pragma once

#include <optional>
#include <string>

#include "libs/core/clock.h"

namespace bordergate::camera {

// One frame against the known scene.
struct SceneMeasure {
  double found_share = 0;             // of the known scene's places that were found again, 0 to 1
  double shift_px = 0;                // how far they lie from where they were, in pixels of the picture
  double agreeing_share = 0;          // of the found places that moved alike, 0 to 1
  double texture = 1;                 // contrast of all but the best tenth of the places, 1: as when learned
  std::optional<double> sharpness{};  // of places that did not move, 1: as when learned
};

struct SceneRules {
  milliseconds sample_interval{5000};
  milliseconds lasting_min{30'000};
  milliseconds changed_min{600'000};
  double found_share_min = 0.3;  // with fewer places found nothing is concluded about shift or sharpness
  double shift_px_max = 16;
  double agreeing_share_min = 0.7;
  double sharpness_min = 0.3;
  double texture_min = 0.2;
};

class SceneWatch {
 public:
  explicit SceneWatch(const SceneRules& rules) : rules_(rules) {}

  void Add(SteadyInstant time, const SceneMeasure& measure);

  // MOVED, BLURRED or empty.
  std::string FaultCode() const;
  // SCENE_CHANGED or empty.
  std::string WarningCode() const;

 private:
  // Since when something holds.
  struct Lasting {
    std::optional<SteadyInstant> since{};
    bool lasts = false;
    void Add(SteadyInstant time, bool holds, milliseconds lasting_min);
  };

  SceneRules rules_;
  Lasting moved_;
  Lasting blurred_;
  Lasting changed_;
};

}  // namespace bordergate::camera
