// Finds plates in a whole picture.
#pragma once

#include <array>
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
  //   zoom   size of the picture against the net's whole input, one of kZooms; below 1 large plates look
  //          smaller, and it costs less (of a whole look a third at 0.6, a sixth at 0.4)
  std::vector<Detection> Find(const cv::Mat& picture, double zoom);

  // Runs each input shape once at each zoom, so that the first picture is as fast as the next.
  Result<void> WarmUp();

  static constexpr std::array<double, 3> kZooms = {1.0, 0.6, 0.4};
  static constexpr int kPlatesMax = 12;

 private:
  explicit Detector(Net net) : net_(std::move(net)) {}
  Net net_;
};

}  // namespace bordergate::camera
