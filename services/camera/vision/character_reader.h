// Characters of one plate, or of a container's number, cut out upright: for each step along it, how likely
// each character is.
#pragma once

#include <opencv2/core.hpp>

#include "services/camera/vision/charset.h"
#include "services/camera/vision/net.h"
#include "services/camera/vision/plate_read.h"
#include "services/camera/vision/refiner.h"

namespace bordergate::camera {

// The shapes of a reader's net. Its input is 32 pixels high.
struct ReadingForm {
  int width = 0;    // of the input
  int classes = 0;  // the blank and the characters
  int steps = 0;
};
inline constexpr ReadingForm kPlateForm{.width = 160, .classes = kClasses, .steps = 40};

// 32 x form.width gray: one line as it is; two lines cut apart and joined left to right, so that one net
// reads both.
cv::Mat CutForReading(const cv::Mat& picture, const Corners& corners, LineCut cut,
                      const ReadingForm& form = kPlateForm);

class CharacterReader {
 public:
  //   errors   MODEL_UNUSABLE
  static Result<CharacterReader> Load(const std::filesystem::path& path,
                                      const ReadingForm& form = kPlateForm);

  // Logarithms of probabilities, form.classes columns, one row a step.
  cv::Mat Read(const cv::Mat& cut);

 private:
  CharacterReader(Net net, const ReadingForm& form) : net_(std::move(net)), form_(form) {}
  Net net_;
  ReadingForm form_;
};

}  // namespace bordergate::camera
