#include "services/camera/vision/net.h"

#include <fmt/format.h>

#include "services/camera/vision/reasons.h"

namespace bordergate::camera {

Result<Net> Net::Load(const std::filesystem::path& path) {
  try {
    cv::dnn::Net net = cv::dnn::readNetFromONNX(path.string());
    net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    return Net(net);
  } catch (const cv::Exception& fault) {
    return Error(kModelUnusable, fmt::format("{}: {}", path.string(), fault.err));
  }
}

cv::Mat Net::Run(const cv::Mat& blob) {
  net_.setInput(blob);
  return net_.forward();
}

}  // namespace bordergate::camera
