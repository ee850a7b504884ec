// A folder of real photographs for the cameras to show: labels.csv with the columns file, plate, country,
// layout, kind (in any order, further ones are ignored) and the pictures it names.
//
// Taken are pictures of kind "scene" with one plate that is well-formed for a truck's front; `skipped` counts
// the rest. Pictures are JPEG files. They are read when they are shown and never kept on disk elsewhere.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "libs/core/result.h"
#include "services/simulator/domain/population.h"

namespace bordergate::simulator {

class PhotoFolder {
 public:
  //   errors   PHOTOS_UNREADABLE
  static Result<PhotoFolder> Open(const std::filesystem::path& folder);

  const std::vector<PhotoPlate>& photos() const { return photos_; }
  int skipped() const { return skipped_; }
  // The photograph of a plate; nothing when there is none.
  const PhotoPlate* Find(const Plate& plate) const;

 private:
  std::vector<PhotoPlate> photos_;
  int skipped_ = 0;
};

// A photograph as a camera's picture of this size: made smaller when it is larger, never larger; black around
// it.
//   file     absolute, as in PhotoPlate
//   errors   PHOTOS_UNREADABLE
Result<cv::Mat> LoadPhoto(const std::string& file, cv::Size size);

}  // namespace bordergate::simulator
