#include "services/camera/domain/scene_watch.h"

namespace bordergate::camera {

void SceneWatch::Lasting::Add(SteadyInstant time, bool holds, milliseconds lasting_min) {
  if (!holds) {
    since.reset();
    lasts = false;
    return;
  }
  if (!since) since = time;
  lasts = time - *since >= lasting_min;
}

void SceneWatch::Add(SteadyInstant time, const SceneMeasure& measure) {
  const bool found = measure.found_share >= rules_.found_share_min;
  // By night a scene has little contrast, too, but it is found.
  const bool flat = !found && measure.texture < rules_.texture_min;
  changed_.Add(time, !found && !flat, rules_.changed_min);
  if (!found && !flat) return;  // a vehicle fills the picture, or it is another scene: nothing is known
  const bool moved =
      found && measure.shift_px > rules_.shift_px_max && measure.agreeing_share >= rules_.agreeing_share_min;
  moved_.Add(time, moved, rules_.lasting_min);
  const bool dull = found && measure.sharpness && *measure.sharpness < rules_.sharpness_min;
  blurred_.Add(time, dull || flat, rules_.lasting_min);
}

std::string SceneWatch::FaultCode() const {
  if (moved_.lasts) return "MOVED";
  if (blurred_.lasts) return "BLURRED";
  return {};
}

std::string SceneWatch::WarningCode() const { return changed_.lasts ? "SCENE_CHANGED" : ""; }

}  // namespace bordergate::camera
