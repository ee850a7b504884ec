// Pictures to JPEG and back, by libjpeg-turbo. (OpenCV's own codecs would bring a hundred libraries into the
// process.)
#pragma once

#include <string>
#include <string_view>

#include <opencv2/core/mat.hpp>

#include "libs/core/result.h"

namespace bordergate::simulator {

// Not safe for use by several threads.
class JpegEncoder {
 public:
  explicit JpegEncoder(int quality);
  ~JpegEncoder();
  JpegEncoder(const JpegEncoder&) = delete;
  JpegEncoder& operator=(const JpegEncoder&) = delete;

  //   picture   blue-green-red, 8 bits a channel
  std::string Encode(const cv::Mat& picture);

 private:
  void* handle_;
  const int quality_;
  unsigned char* buffer_ = nullptr;
  unsigned long size_ = 0;  // of the buffer
};

//   errors   PHOTOS_UNREADABLE (no JPEG, or larger than 8192 pixels a side)
Result<cv::Mat> DecodeJpeg(std::string_view bytes);

}  // namespace bordergate::simulator
