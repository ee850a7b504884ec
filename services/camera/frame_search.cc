#include "services/camera/frame_search.h"

#include "services/camera/vision/still_scene.h"

namespace bordergate::camera {

bool FrameSearch::Take(const cv::Mat& small, uint64_t digest, SteadyInstant time, double difference_min) {
  waits = false;
  if (reference_digest == digest && !tracker.WantsSecond()) return false;
  // A standing vehicle does not move either: once something was seen, every frame counts until the tracker
  // has had enough.
  if (!seen && MeanDifference(small, reference) < difference_min) return false;
  waits = !tracker.WantsFrame(time);
  if (waits) return false;
  reference = small;
  reference_digest = digest;
  return true;
}

}  // namespace bordergate::camera
