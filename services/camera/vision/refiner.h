// From a plate found roughly: its exact corners, how its lines lie, its colour.
#pragma once

#include <array>

#include <opencv2/core.hpp>

#include "services/camera/vision/net.h"
#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

// Where two lines part depends on the country: equal halves in Vietnam, 60 and 110 mm in China.
enum class LineCut { kOneLine, kEvenHalves, kChina };

struct Refined {
  Corners corners;
  std::array<double, 3> cut_probability;  // by LineCut; they and `none` sum to 1
  double none = 0;                        // that this is no plate at all
  PlateColour colour = PlateColour::kWhite;

  LineCut BestCut() const;
};

class Refiner {
 public:
  //   errors   MODEL_UNUSABLE
  static Result<Refiner> Load(const std::filesystem::path& path);

  // Looks once. Corners that were far off gain from a second look.
  Refined Refine(const cv::Mat& picture, const Corners& rough);

 private:
  explicit Refiner(Net net) : net_(std::move(net)) {}
  Net net_;
};

}  // namespace bordergate::camera
