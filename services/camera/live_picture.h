// Pictures small enough to be looked at live and kept as evidence.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <opencv2/core.hpp>

#include "services/camera/domain/cameras.h"
#include "services/camera/vision/sealed_decoder.h"

namespace bordergate::camera {

// The JPEG as it came when it is small enough, else made anew from its pixels in the best quality that fits;
// nothing when none does.
//   picture   8 bit, three channels, decoded from `jpeg`
std::shared_ptr<const std::string> FitJpeg(const std::shared_ptr<const std::string>& jpeg,
                                           const cv::Mat& picture, size_t bytes_max);

// Shrinks the frames that are watched live, each once for all who watch. Safe for use by several threads.
class LivePictures {
 public:
  explicit LivePictures(std::string decoder_program) : decoder_program_(std::move(decoder_program)) {}

  // At most 256 KiB and, when it has to be made smaller, 1280 pixels wide.
  //   errors   those of PictureDecoder::Whole; PICTURE_TOO_LARGE
  Result<std::shared_ptr<const std::string>> Shrink(const std::string& camera_id, const CameraStill& still);

 private:
  // Of one camera, as pictures of one must not be able to falsify another's.
  struct Camera {
    explicit Camera(const std::string& program) : decoder(program) {}
    std::mutex mutex;
    SealedDecoder decoder;
    std::shared_ptr<const std::string> from;
    std::shared_ptr<const std::string> to;
  };

  const std::string decoder_program_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Camera>> cameras_;
};

}  // namespace bordergate::camera
