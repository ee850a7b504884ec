// Paints what a camera behind the lane sees at one moment: it stands on a pole beside the approach and looks
// the way the trucks drive, so a truck comes into its picture from beside it, shows its rear while it stands
// at the barrier, and drives away. One painter serves all lanes, one after the other.
//
// Not safe for use by several threads.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <opencv2/core/mat.hpp>

#include "services/simulator/device/lens.h"
#include "services/simulator/device/perspective.h"
#include "services/simulator/device/scene_painter.h"

namespace bordergate::simulator {

class RearPainter {
 public:
  explicit RearPainter(bool night);

  // The picture, good until the next call, and the plates in it. As ScenePainter::Paint.
  const cv::Mat& Paint(const LaneView& view, const cv::Mat& caption, uint64_t noise_seed,
                       std::vector<SeenPlate>* plates);

 private:
  struct Painted {
    cv::Mat rear;
    cv::Mat plate;  // empty: it has none
    cv::Scalar side;
    int64_t used = 0;  // number of the picture it was last seen in
  };

  const Painted& Look(const Truck& truck);
  void PaintTruck(const LaneView::Seen& seen, std::vector<SeenPlate>* plates);
  void PaintSide(const LaneView::Seen& seen, const cv::Scalar& colour);

  const bool night_;
  const Lens lens_;
  const cv::Mat scenery_;
  const SensorNoise noise_;
  cv::Mat picture_;
  int64_t picture_count_ = 0;
  std::map<std::string, Painted> trucks_;  // those in sight lately
};

}  // namespace bordergate::simulator
