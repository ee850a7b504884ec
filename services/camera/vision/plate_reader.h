// Pictures to plates: find, refine, read, judge.
//
//   PlateReader reader = BG_TRY(PlateReader::Load("services/camera/models"));
//   for (const PlateRead& read : reader.Read(picture)) ...
//
// A read says how sure it is. `sure` false means: another plate is nearly as likely, or the plate is too
// small to tell. Such a read is for a person to look at, never for a barrier.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include <opencv2/core.hpp>

#include "libs/core/result.h"
#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

// Not safe for threads: one a thread. Keeps about 60 MB.
class PlateReader {
 public:
  // Loads detector.onnx, refiner.onnx and reader.onnx and runs each once, so that the first picture is as
  // fast as the next.
  //   errors   MODEL_UNUSABLE
  static Result<PlateReader> Load(const std::filesystem::path& models);

  PlateReader(PlateReader&&) noexcept;
  PlateReader& operator=(PlateReader&&) noexcept;
  ~PlateReader();

  // The plates of one picture, surest first. `picture` is 8 bit, three channels, blue first, at least 8 x 8
  // pixels; anything else has no plates.
  std::vector<PlateRead> Read(const cv::Mat& picture);

 private:
  struct Parts;
  explicit PlateReader(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace bordergate::camera
