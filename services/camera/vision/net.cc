#include "services/camera/vision/net.h"

#include <array>

#include <fmt/format.h>

#include "services/camera/vision/convolution_layer.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {

// cv::dnn::blobFromImage in OpenCV 4.6 takes 2.9 ms for the detector's input, this 0.3: docs/measurements.md.
cv::Mat ColourBlob(const cv::Mat& picture) {
  std::array<cv::Mat, 3> channels;
  cv::split(picture, channels.data());
  cv::Mat blob({1, 3, picture.rows, picture.cols}, CV_32F);
  for (int i = 0; i < 3; ++i) {
    cv::Mat plane(picture.size(), CV_32F, blob.ptr<float>(0, i));
    channels.at(static_cast<size_t>(2 - i)).convertTo(plane, CV_32F, 1.0 / 255, -0.5);
  }
  return blob;
}

Result<Net> Net::Load(const std::filesystem::path& path) {
  UseConvolutionLayer();
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
