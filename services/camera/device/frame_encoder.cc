#include "services/camera/device/frame_encoder.h"

extern "C" {
#include <libavutil/frame.h>
#include <libswscale/swscale.h>
}
#include <turbojpeg.h>

#include "libs/core/check.h"

namespace bordergate::camera {
namespace {

constexpr int kJpegQuality = 90;

}  // namespace

FrameEncoder::FrameEncoder() : planes_(av_frame_alloc()), compressor_(tjInitCompress()) {
  BG_CHECK(planes_ != nullptr && compressor_ != nullptr, "there is memory for an encoder");
}

FrameEncoder::~FrameEncoder() {
  tjFree(buffer_);
  tjDestroy(compressor_);
  av_frame_free(&planes_);
  sws_freeContext(scaler_);
}

std::shared_ptr<const std::string> FrameEncoder::Encode(const AVFrame& frame) {
  const auto format = static_cast<AVPixelFormat>(frame.format);
  if (planes_->width != frame.width || planes_->height != frame.height) {
    av_frame_unref(planes_);
    planes_->format = AV_PIX_FMT_YUVJ420P;
    planes_->width = frame.width;
    planes_->height = frame.height;
    if (av_frame_get_buffer(planes_, 0) < 0) return nullptr;
  }
  scaler_ = sws_getCachedContext(scaler_, frame.width, frame.height, format, frame.width, frame.height,
                                 AV_PIX_FMT_YUVJ420P, SWS_BILINEAR, nullptr, nullptr, nullptr);
  if (scaler_ == nullptr) return nullptr;
  const int rows =
      sws_scale(scaler_, frame.data, frame.linesize, 0, frame.height, planes_->data, planes_->linesize);
  if (rows != frame.height) return nullptr;
  const std::array<const unsigned char*, 3> planes = {planes_->data[0], planes_->data[1], planes_->data[2]};
  unsigned long size = 0;  // NOLINT(google-runtime-int): the library's type
  tjFree(std::exchange(buffer_, nullptr));
  const int done = tjCompressFromYUVPlanes(compressor_, const_cast<const unsigned char**>(planes.data()),
                                           frame.width, planes_->linesize, frame.height, TJSAMP_420, &buffer_,
                                           &size, kJpegQuality, TJFLAG_FASTDCT);
  if (done != 0) return nullptr;
  return std::make_shared<const std::string>(reinterpret_cast<const char*>(buffer_), size);
}

}  // namespace bordergate::camera
