// Paints what a lane's camera sees at one moment: scenery, trucks with their plates, the arm, the noise of
// the sensor. One painter serves all lanes, one after the other.
//
// Not safe for use by several threads.
#pragma once

#include <array>
#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "services/simulator/device/lens.h"
#include "services/simulator/device/mounting.h"
#include "services/simulator/device/perspective.h"
#include "services/simulator/domain/lane_world.h"

namespace bordergate::simulator {

// A plate that can be seen, with its corners clockwise from its top left, in pixels.
struct SeenPlate {
  std::string truck_id;
  std::string plate;
  std::array<cv::Point2f, 4> corners;
};

class ScenePainter {
 public:
  static constexpr int kWidth = 1280;
  static constexpr int kHeight = 720;

  explicit ScenePainter(bool night);

  // The picture, good until the next call, and the plates in it.
  //   caption      see PaintCaption
  //   noise_seed   another grain for another number
  const cv::Mat& Paint(const LaneView& view, const cv::Mat& caption, uint64_t noise_seed,
                       std::vector<SeenPlate>* plates);

 private:
  struct Painted {
    cv::Mat front;
    cv::Mat plate;
    cv::Scalar side;
  };

  Painted Look(const Truck& truck) const;
  void PaintTruck(const LaneView::Seen& seen, std::vector<SeenPlate>* plates);

  const bool night_;
  const Lens lens_;
  const cv::Mat scenery_;
  const SensorNoise noise_;
  cv::Mat picture_;
  PaintedTrucks<Painted> trucks_;
};

}  // namespace bordergate::simulator
