// How well a camera is placed and set for reading plates, measured at a plate it sees, and what to do about
// it. For whoever stands on the ladder. The bounds are those below which the readers' own tests get worse
// (models/README.md) with some reserve.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/camera/vision/container_read.h"
#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

enum class Advice {
  kNoPlate,      // no plate in the picture
  kTooSmall,     // zoom in or go nearer
  kBlurred,      // focus, or a shorter exposure
  kTilted,       // turn the camera about its axis
  kOblique,      // nearer to the lane's middle
  kTooDark,      // light, or a longer exposure
  kTooBright,    // less exposure
  kLowContrast,  // reflections, fog, a dirty lens
};

struct AimReport {
  std::optional<PlateRead> read{};           // the largest plate
  double height_px = 0;                      // of one line of its characters
  double blur_px = 0;                        // width over which an edge of a character rises
  double roll_degrees = 0;                   // positive: the plate falls to the right
  double slant_degrees = 0;                  // between the plate's sides and its top, away from a right angle
  double contrast = 0;                       // gray values between its dark and its light
  double bright_share = 0;                   // of its points that are white to the limit
  std::optional<ContainerRead> container{};  // the largest container number; no advice rests on it
  double picture_brightness = 0;             // mean gray value of the whole picture
  std::vector<Advice> advice;                // most important first; empty: well placed
};

//   picture   8 bit, three channels
//   reads, containers   of this picture
AimReport MeasureAim(const cv::Mat& picture, const std::vector<PlateRead>& reads,
                     const std::vector<ContainerRead>& containers = {});

// What to do, in "vi" or "en".
std::string AdviceText(Advice advice, std::string_view language);
// "TOO_SMALL" and so on.
std::string_view AdviceCode(Advice advice);

}  // namespace bordergate::camera
