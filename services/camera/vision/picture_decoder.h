// JPEG to pixels, for the pictures of one camera.
#pragma once

#include <cstdint>
#include <span>

#include <opencv2/core.hpp>

#include "libs/core/result.h"

namespace bordergate::camera {

// One thread at a time.
class PictureDecoder {
 public:
  virtual ~PictureDecoder() = default;

  // 8 bit, three channels, blue first.
  //   errors   those of ReadPictureHeader; then PICTURE_BROKEN when the content is refused, or its decoding
  //   ended
  //            the decoder or took too long
  virtual Result<cv::Mat> Whole(std::span<const uint8_t> jpeg) = 0;
  // An eighth of it in gray, at a tenth of the cost.
  //   errors   as Whole
  virtual Result<cv::Mat> Small(std::span<const uint8_t> jpeg) = 0;
};

}  // namespace bordergate::camera
