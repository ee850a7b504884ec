// How well a camera is placed and set for what it is to read, plates or containers' numbers, measured at the
// largest that it sees, and what to do about it. For whoever stands on the ladder. The bounds are those below
// which the readers' own tests get worse (models/README.md) with some reserve.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/camera/vision/container_read.h"
#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

enum class AimTarget { kPlate, kContainer };

enum class Advice {
  kNoPlate,      // no plate in the picture
  kNoContainer,  // no container's number, of a camera that is to read those
  kTooSmall,     // zoom in or go nearer
  kBlurred,      // focus, or a shorter exposure
  kTilted,       // turn the camera about its axis
  kOblique,      // nearer to the lane's middle
  kTooDark,      // light, or a longer exposure
  kTooBright,    // less exposure
  kLowContrast,  // reflections, fog, a dirty lens
};

struct AimReport {
  AimTarget target = AimTarget::kPlate;
  std::optional<PlateRead> read{};           // the largest plate
  std::optional<ContainerRead> container{};  // the largest container number
  // Of the largest target; 0 without one.
  double height_px = 0;           // of one line of its characters
  double blur_px = 0;             // width over which an edge of a character rises
  double roll_degrees = 0;        // positive: it falls to the right
  double slant_degrees = 0;       // between its sides and its top, away from a right angle
  double contrast = 0;            // gray values between its dark and its light
  double bright_share = 0;        // of its points that are white to the limit
  double picture_brightness = 0;  // mean gray value of the whole picture
  std::vector<Advice> advice;     // most important first; empty: well placed

  bool is_seen() const { return target == AimTarget::kPlate ? read.has_value() : container.has_value(); }
};

//   picture   8 bit, three channels
//   reads, containers   of this picture
AimReport MeasureAim(const cv::Mat& picture, const std::vector<PlateRead>& reads,
                     const std::vector<ContainerRead>& containers = {}, AimTarget target = AimTarget::kPlate);

// What to do, in "vi" or "en".
std::string AdviceText(Advice advice, AimTarget target, std::string_view language);
// "TOO_SMALL" and so on.
std::string_view AdviceCode(Advice advice);

}  // namespace bordergate::camera
