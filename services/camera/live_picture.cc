#include "services/camera/live_picture.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

constexpr size_t kLiveBytesMax = 256 * 1024;
constexpr int kLiveWidthMax = 1280;

}  // namespace

std::shared_ptr<const std::string> FitJpeg(const std::shared_ptr<const std::string>& jpeg,
                                           const cv::Mat& picture, size_t bytes_max) {
  if (jpeg->size() <= bytes_max) return jpeg;
  for (const int quality : {85, 70, 50, 30}) {
    std::vector<uint8_t> bytes;
    cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    if (bytes.size() <= bytes_max) return std::make_shared<const std::string>(bytes.begin(), bytes.end());
  }
  return nullptr;
}

Result<std::shared_ptr<const std::string>> LivePictures::Shrink(const std::string& camera_id,
                                                                const CameraStill& still) {
  if (still.jpeg->size() <= kLiveBytesMax) return still.jpeg;
  Camera* camera = nullptr;
  {
    const std::lock_guard lock(mutex_);
    auto& place = cameras_[camera_id];
    if (!place) place = std::make_unique<Camera>(decoder_program_);
    camera = place.get();
  }
  const std::lock_guard lock(camera->mutex);
  if (camera->from == still.jpeg) return camera->to;
  cv::Mat picture = BG_TRY(
      camera->decoder.Whole({reinterpret_cast<const uint8_t*>(still.jpeg->data()), still.jpeg->size()}));
  if (picture.cols > kLiveWidthMax) {
    const double scale = static_cast<double>(kLiveWidthMax) / picture.cols;
    cv::resize(picture, picture, {}, scale, scale, cv::INTER_AREA);
  }
  auto fit = FitJpeg(still.jpeg, picture, kLiveBytesMax);
  if (!fit) return Error(kPictureTooLarge, "it does not fit into 256 KiB");
  camera->from = still.jpeg;
  camera->to = fit;
  return fit;
}

}  // namespace bordergate::camera
