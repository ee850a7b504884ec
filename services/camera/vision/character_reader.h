// Characters of one plate cut out upright: for each step along it, how likely each character is.
#pragma once

#include <opencv2/core.hpp>

#include "services/camera/vision/net.h"
#include "services/camera/vision/plate_read.h"
#include "services/camera/vision/refiner.h"

namespace bordergate::camera {

// 32 x 160 gray: one line as it is; two lines cut apart and joined left to right, so that one net reads both.
cv::Mat CutForReading(const cv::Mat& picture, const Corners& corners, LineCut cut);

class CharacterReader {
 public:
  //   errors   MODEL_UNUSABLE
  static Result<CharacterReader> Load(const std::filesystem::path& path);

  // Logarithms of probabilities, kClasses columns, one row a step.
  cv::Mat Read(const cv::Mat& cut);

 private:
  explicit CharacterReader(Net net) : net_(std::move(net)) {}
  Net net_;
};

}  // namespace bordergate::camera
