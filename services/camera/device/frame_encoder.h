// Decoded video frames to JPEG, by libswscale and libjpeg-turbo.
#pragma once

#include <memory>
#include <string>

struct AVFrame;
struct SwsContext;

namespace bordergate::camera {

// One stream, one thread.
class FrameEncoder {
 public:
  FrameEncoder();
  ~FrameEncoder();
  FrameEncoder(const FrameEncoder&) = delete;
  FrameEncoder& operator=(const FrameEncoder&) = delete;

  // Nothing when the frame is of a kind that cannot be converted.
  std::shared_ptr<const std::string> Encode(const AVFrame& frame);

 private:
  SwsContext* scaler_ = nullptr;
  AVFrame* planes_;  // 4:2:0 with the full range of values, as JPEG has it
  void* compressor_;
  unsigned char* buffer_ = nullptr;
};

}  // namespace bordergate::camera
