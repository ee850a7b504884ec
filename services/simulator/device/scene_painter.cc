#include "services/simulator/device/scene_painter.h"

#include <algorithm>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "services/simulator/device/perspective.h"
#include "services/simulator/device/plate_painter.h"
#include "services/simulator/device/scenery.h"
#include "services/simulator/device/truck_painter.h"

namespace bordergate::simulator {
namespace {

constexpr double kNearestM = 1.2;

}  // namespace

ScenePainter::ScenePainter(bool night)
    : night_(night),
      lens_({}, {kWidth, kHeight}),
      scenery_(PaintScenery(lens_, night)),
      noise_({kWidth, kHeight}, night) {}

const cv::Mat& ScenePainter::Paint(const LaneView& view, const cv::Mat& caption, uint64_t noise_seed,
                                   std::vector<SeenPlate>* plates) {
  trucks_.Next();
  scenery_.copyTo(picture_);
  // The farthest first.
  for (auto seen = view.trucks.rbegin(); seen != view.trucks.rend(); ++seen) PaintTruck(*seen, plates);
  PaintArm(lens_, view.arm_angle, night_, picture_);
  caption.copyTo(picture_(cv::Rect(kWidth - caption.cols - 12, 12, caption.cols, caption.rows)));
  noise_.AddTo(picture_, noise_seed);
  return picture_;
}

ScenePainter::Painted ScenePainter::Look(const Truck& truck) const {
  Painted painted;
  painted.front = PaintTruckFront(truck, night_).picture;
  painted.plate = PaintPlate(truck.face, (truck.paint % 10) / 10.0, truck.paint);
  if (truck.muddy) CoverWithMud(painted.plate);
  if (truck.smeared) SmearCharacter(truck.face, painted.plate);
  // Plates throw the light back; the truck around them does not.
  if (night_) painted.plate.convertTo(painted.plate, -1, 0.85, 0);
  painted.side = SideColour(truck, night_);
  return painted;
}

void ScenePainter::PaintTruck(const LaneView::Seen& seen, std::vector<SeenPlate>* plates) {
  const Truck& truck = seen.truck;
  const Painted& painted = trucks_.Of(truck.truck_id, [&] { return Look(truck); });
  const double x = seen.front_m;
  PaintLongSide(lens_, x - truck.length_m, std::min(x, lens_.at().x - kNearestM), x, kNearestM, painted.side,
                picture_);
  if (lens_.Depth({x, 0, 1}) < kNearestM) return;
  const auto front = Upright(Side::kBefore, x, TruckFront::kWidthM, 0, TruckFront::kHeightM);
  Stretch(painted.front, lens_.Project(front), picture_);
  const Quad corners =
      MountPlate(lens_, Side::kBefore, truck.face, painted.plate, x, TruckFront::kPlateHeightM, picture_);
  if (plates != nullptr && LiesWithin(corners, picture_.size())) {
    plates->push_back({truck.truck_id, truck.plate, corners});
  }
}

}  // namespace bordergate::simulator
