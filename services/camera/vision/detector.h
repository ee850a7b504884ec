// Finds plates, or container numbers, in a whole picture: nets of one form, each with its own weights.
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

// How a picture lies in a net's input.
struct Letterbox {
  cv::Mat image;
  double scale_x = 1;
  double scale_y = 1;
  cv::Point2f offset{};
};

class Detector {
 public:
  //   errors   MODEL_UNUSABLE
  static Result<Detector> Load(const std::filesystem::path& path);

  // Best first; at most kPlatesMax. `picture` is 8 bit, three channels, blue first.
  //   zoom   size of the picture against the net's whole input, one of kZooms; below 1 large plates look
  //          smaller, and it costs less (of a whole look a third at 0.6, a sixth at 0.4)
  std::vector<Detection> Find(const cv::Mat& picture, double zoom);

  // The same in a picture that is the net's input as it is: sides that 32 divides, nothing made smaller.
  std::vector<Detection> FindIn(const cv::Mat& input);

  // Runs each input shape once at each zoom, so that the first picture is as fast as the next.
  Result<void> WarmUp();

  static constexpr std::array<double, 3> kZooms = {1.0, 0.6, 0.4};
  static constexpr int kPlatesMax = 12;

 private:
  explicit Detector(Net net) : net_(std::move(net)) {}
  std::vector<Detection> FindIn(const Letterbox& box);
  Net net_;
};

}  // namespace bordergate::camera
