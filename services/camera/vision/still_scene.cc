#include "services/camera/vision/still_scene.h"

#include <opencv2/imgcodecs.hpp>

namespace bordergate::camera {

cv::Mat SmallGray(std::span<const uint8_t> jpeg) {
  const cv::Mat bytes(1, static_cast<int>(jpeg.size()), CV_8UC1, const_cast<uint8_t*>(jpeg.data()));
  try {
    return cv::imdecode(bytes, cv::IMREAD_REDUCED_GRAYSCALE_8);
  } catch (const cv::Exception&) {
    return {};
  }
}

double MeanDifference(const cv::Mat& a, const cv::Mat& b) {
  if (a.size() != b.size() || a.empty()) return 255;
  return cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total());
}

}  // namespace bordergate::camera
