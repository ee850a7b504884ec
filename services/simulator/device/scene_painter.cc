#include "services/simulator/device/scene_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "services/simulator/device/perspective.h"
#include "services/simulator/device/plate_painter.h"
#include "services/simulator/device/scenery.h"
#include "services/simulator/device/truck_painter.h"

namespace bordergate::simulator {
namespace {

constexpr double kNearestM = 1.2;
// Corners of an upright rectangle across the lane, clockwise from the top left as the camera sees it.
std::array<cv::Point3d, 4> Upright(double x, double width, double bottom, double height) {
  return {{{x, -width / 2, bottom + height},
           {x, width / 2, bottom + height},
           {x, width / 2, bottom},
           {x, -width / 2, bottom}}};
}

}  // namespace

ScenePainter::ScenePainter(bool night)
    : night_(night),
      lens_({}, {kWidth, kHeight}),
      scenery_(PaintScenery(lens_, night)),
      noise_({kWidth, kHeight}, night) {}

const cv::Mat& ScenePainter::Paint(const LaneView& view, const cv::Mat& caption, uint64_t noise_seed,
                                   std::vector<SeenPlate>* plates) {
  ++picture_count_;
  scenery_.copyTo(picture_);
  // The farthest first.
  for (auto seen = view.trucks.rbegin(); seen != view.trucks.rend(); ++seen) PaintTruck(*seen, plates);
  std::erase_if(trucks_, [this](const auto& entry) { return entry.second.used + kForget < picture_count_; });
  PaintArm(lens_, view.arm_angle, night_, picture_);
  caption.copyTo(picture_(cv::Rect(kWidth - caption.cols - 12, 12, caption.cols, caption.rows)));
  noise_.AddTo(picture_, noise_seed);
  return picture_;
}

const ScenePainter::Painted& ScenePainter::Look(const Truck& truck) {
  Painted& painted = trucks_[truck.truck_id];
  painted.used = picture_count_;
  if (painted.front.empty()) {
    painted.front = PaintTruckFront(truck, night_).picture;
    painted.plate = PaintPlate(truck.face, (truck.paint % 10) / 10.0, truck.paint);
    if (truck.muddy) CoverWithMud(painted.plate);
    if (truck.smeared) SmearCharacter(truck.face, painted.plate);
    // Plates throw the light back; the truck around them does not.
    if (night_) painted.plate.convertTo(painted.plate, -1, 0.85, 0);
    painted.side = SideColour(truck, night_);
  }
  return painted;
}

void ScenePainter::PaintTruck(const LaneView::Seen& seen, std::vector<SeenPlate>* plates) {
  const Painted& painted = Look(seen.truck);
  PaintSide(seen, painted);
  const double x = seen.front_m;
  if (lens_.Depth({x, 0, 1}) < kNearestM) return;
  Stretch(painted.front, lens_.Project(Upright(x, TruckFront::kWidthM, 0, TruckFront::kHeightM)), picture_);
  const PlateFace& face = seen.truck.face;
  const double width = face.width_mm / 1000.0;
  const double height = face.height_mm / 1000.0;
  const double bottom = TruckFront::kPlateHeightM - height / 2;
  FillQuad(lens_.Project(Upright(x + 0.01, width + 0.03, bottom - 0.015, height + 0.03)), {18, 18, 18},
           picture_);
  const Quad corners = lens_.Project(Upright(x + 0.02, width, bottom, height));
  Stretch(painted.plate, corners, picture_);
  if (plates != nullptr && LiesWithin(corners, picture_.size())) {
    plates->push_back({seen.truck.truck_id, seen.truck.plate, corners});
  }
}

void ScenePainter::PaintSide(const LaneView::Seen& seen, const Painted& painted) {
  const double front = std::min(seen.front_m, lens_.at().x - kNearestM);
  const double rear = seen.front_m - seen.truck.length_m;
  if (front <= rear) return;
  constexpr double kSide = 1.25;
  FillQuad(lens_.Project(std::array<cv::Point3d, 4>{
               {{rear, kSide, 3.9}, {front, kSide, 3.9}, {front, kSide, 0.75}, {rear, kSide, 0.75}}}),
           painted.side, picture_);
  // Ribs, so that one sees it move.
  const cv::Scalar shade = painted.side * 0.8;
  for (double x = front - 0.6; x > rear; x -= 0.6) {
    if (lens_.Depth({x, kSide, 1}) < kNearestM) continue;
    cv::line(picture_, lens_.Project({x, kSide, 3.8}), lens_.Project({x, kSide, 0.8}), shade, 2, cv::LINE_AA);
  }
}

}  // namespace bordergate::simulator
