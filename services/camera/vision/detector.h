// Finds plates in a whole picture.
#pragma once

#include <vector>

#include <opencv2/core.hpp>

#include "services/camera/vision/net.h"
#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

struct Detection {
  double score = 0;  // 0..1
  Layout layout = Layout::kOneLine;
  Corners corners;  // rough; pixels of the picture
};

class Detector {
 public:
  //   errors   MODEL_UNUSABLE
  static Result<Detector> Load(const std::filesystem::path& path);

  // Best first; at most kPlatesMax. `picture` is 8 bit, three channels, blue first.
  //   zoom   part of the net's input that the picture fills; below 1 large plates look smaller
  std::vector<Detection> Find(const cv::Mat& picture, double zoom);

  // Runs each input shape once, so that the first picture is as fast as the next.
  Result<void> WarmUp();

  static constexpr int kPlatesMax = 12;

 private:
  explicit Detector(Net net) : net_(std::move(net)) {}
  Net net_;
};

}  // namespace bordergate::camera
