#include "services/simulator/device/jpeg.h"

#include <memory>

#include <turbojpeg.h>

#include "libs/core/check.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

constexpr int kSideMax = 8192;

}  // namespace

JpegEncoder::JpegEncoder(int quality) : handle_(tjInitCompress()), quality_(quality) {
  BG_CHECK(handle_ != nullptr, "there is memory for an encoder");
}

JpegEncoder::~JpegEncoder() {
  tjFree(buffer_);
  tjDestroy(handle_);
}

std::string JpegEncoder::Encode(const cv::Mat& picture) {
  BG_CHECK(picture.type() == CV_8UC3 && !picture.empty(), "frames are painted in three channels");
  const int done =
      tjCompress2(handle_, picture.data, picture.cols, static_cast<int>(picture.step), picture.rows, TJPF_BGR,
                  &buffer_, &size_, TJSAMP_420, quality_, TJFLAG_FASTDCT);
  BG_CHECK(done == 0, "a frame in memory can be encoded");
  return {reinterpret_cast<const char*>(buffer_), size_};
}

Result<cv::Mat> DecodeJpeg(std::string_view bytes) {
  const std::unique_ptr<void, int (*)(tjhandle)> handle(tjInitDecompress(), tjDestroy);
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  int width = 0;
  int height = 0;
  int subsampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(handle.get(), data, bytes.size(), &width, &height, &subsampling, &colours) != 0) {
    return Error(kPhotosUnreadable, tjGetErrorStr2(handle.get()));
  }
  if (width > kSideMax || height > kSideMax)
    return Error(kPhotosUnreadable, "larger than 8192 pixels a side");
  cv::Mat picture(height, width, CV_8UC3);
  const int done = tjDecompress2(handle.get(), data, bytes.size(), picture.data, width,
                                 static_cast<int>(picture.step), height, TJPF_BGR, 0);
  // A warning (a few spoilt bytes) is no reason to refuse a photograph.
  if (done != 0 && tjGetErrorCode(handle.get()) == TJERR_FATAL) {
    return Error(kPhotosUnreadable, tjGetErrorStr2(handle.get()));
  }
  return picture;
}

}  // namespace bordergate::simulator
