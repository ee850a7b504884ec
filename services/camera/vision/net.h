// One ONNX model under OpenCV. Not safe for threads: one a thread.
#pragma once

#include <filesystem>

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include "libs/core/result.h"

namespace bordergate::camera {

// What the nets that look at colours are given: `picture` (8 bit, blue first) as 1 x 3 x height x width, red
// first, -0.5 to 0.5.
cv::Mat ColourBlob(const cv::Mat& picture);

class Net {
 public:
  //   errors   MODEL_UNUSABLE
  static Result<Net> Load(const std::filesystem::path& path);

  // The only output for `blob` (1 x channels x height x width, float). Owned by the net until its next Run.
  cv::Mat Run(const cv::Mat& blob);

 private:
  explicit Net(const cv::dnn::Net& net) : net_(net) {}
  cv::dnn::Net net_;
};

}  // namespace bordergate::camera
