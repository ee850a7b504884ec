// What was read from one container's number in one picture.
#pragma once

#include <string>

#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

struct ContainerRead {
  std::string number;  // ISO 6346, eleven characters with the right check digit: "CSQU3054383"
  Layout layout = Layout::kOneLine;
  double confidence = 0;  // 0..1: how often such a read is right
  Corners corners;        // of the whole number
  double line_height_px = 0;
  double probability = 0;        // of the text, as the net says it; confidence is made from this
  double rival_probability = 0;  // that of the next best number with a right check digit
  bool sure = false;             // false: not to be acted on
};

}  // namespace bordergate::camera
