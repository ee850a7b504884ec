// Pictures to container numbers (ISO 6346): find, look closer, read, judge. One line, or two (the owner's
// code over the digits); upright lettering is not read.
//
//   ContainerReader reader = BG_TRY(ContainerReader::Load("services/camera/models"));
//   for (const ContainerRead& read : reader.Read(picture)) ...
//
// Only whole numbers with the right check digit are read. That is no proof: of what is misread at random one
// in eleven passes (decision 0037).
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <opencv2/core.hpp>

#include "libs/core/result.h"
#include "services/camera/vision/character_reader.h"
#include "services/camera/vision/container_read.h"
#include "services/camera/vision/container_search.h"
#include "services/camera/vision/detector.h"

namespace bordergate::camera {

// Not safe for threads: one a thread.
class ContainerReader {
 public:
  // Loads container_detector.onnx and container_reader.onnx and runs each once, so that the first picture is
  // as fast as the next.
  //   errors   MODEL_UNUSABLE
  static Result<ContainerReader> Load(const std::filesystem::path& models);

  // The container numbers of one picture, surest first. `picture` is 8 bit, three channels, blue first, at
  // least 8 x 8 pixels; anything else has none.
  std::vector<ContainerRead> Read(const cv::Mat& picture);

 private:
  ContainerReader(Detector detector, Detector closer, CharacterReader reader)
      : detector_(std::move(detector)), closer_(std::move(closer)), reader_(std::move(reader)) {}

  // The corners seen from nearer, with the number's line in one height; those of the first look when nothing
  // is found there.
  Corners LookCloser(const cv::Mat& picture, const Detection& found);
  // One cut when it is clear; else the likeliest text of several, as long as the picture's further cuts last.
  std::optional<ContainerText> ReadWell(const cv::Mat& picture, const Detection& found,
                                        const Corners& closer);
  std::optional<ContainerRead> ReadOne(const cv::Mat& picture, const Detection& found);

  Detector detector_;
  Detector closer_;  // the same net, apart: a net that is given another size is planned anew
  CharacterReader reader_;
  int further_cuts_ = 0;  // of the picture at hand
};

}  // namespace bordergate::camera
