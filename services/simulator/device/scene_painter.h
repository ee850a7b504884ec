// Paints what a lane's camera sees at one moment: scenery, trucks with their plates, the arm, the noise of
// the sensor. One painter serves all lanes, one after the other.
//
// Not safe for use by several threads.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "services/simulator/device/lens.h"
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
    int64_t used = 0;  // number of the picture it was last seen in
  };
  // Pictures after which a truck that is not seen any more is forgotten.
  static constexpr int64_t kForget = 300;

  const Painted& Look(const Truck& truck);
  void PaintTruck(const LaneView::Seen& seen, std::vector<SeenPlate>* plates);
  void PaintSide(const LaneView::Seen& seen, const Painted& painted);

  const bool night_;
  const Lens lens_;
  const cv::Mat scenery_;
  const SensorNoise noise_;
  cv::Mat picture_;
  int64_t picture_count_ = 0;
  std::map<std::string, Painted> trucks_;  // those in sight lately
};

}  // namespace bordergate::simulator
