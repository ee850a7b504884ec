// Looks at the bytes of a JPEG or PNG without decoding them: is it whole, and how large would it become?
//
// Cameras are outside machines. A picture of 60,000 x 60,000 pixels takes 10 GB to decode and fits in a few
// hundred kilobytes; one that is cut off decodes to gray without a word. Both are told here.
#pragma once

#include <cstdint>
#include <span>

#include "libs/core/result.h"

namespace bordergate::camera {

struct PictureLimits {
  int64_t pixels_max = 40'000'000;
  int64_t bytes_max = 64 << 20;
  int side_px_max = 20'000;
  int scans_max = 100;  // a progressive JPEG may name any number, each as costly as the first
};

struct PictureHeader {
  int width_px = 0;
  int height_px = 0;
};

//   errors   PICTURE_TOO_LARGE     bytes, then pixels or side, then scans
//            PICTURE_UNSUPPORTED   neither JPEG nor PNG
//            PICTURE_BROKEN        ends early, or a part is longer than the file
Result<PictureHeader> ReadPictureHeader(std::span<const uint8_t> bytes, const PictureLimits& limits = {});

}  // namespace bordergate::camera
