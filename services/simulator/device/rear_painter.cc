#include "services/simulator/device/rear_painter.h"

#include <algorithm>

#include <opencv2/core.hpp>

#include "services/simulator/device/plate_painter.h"
#include "services/simulator/device/scenery.h"
#include "services/simulator/device/truck_painter.h"

namespace bordergate::simulator {
namespace {

constexpr double kNearestM = 2.0;
constexpr int kWidth = ScenePainter::kWidth;
constexpr int kHeight = ScenePainter::kHeight;

// A rear stands 12 m to 21 m before the arm, as long as its truck is: near enough for one picture to show
// both. Containers are carried by the longest; where these stand, the lettering of their doors is about 35
// pixels high.
Lens::Mounting BehindTheLane(RearPainter::Aim aim) {
  if (aim == RearPainter::Aim::kDoors)
    return {.at = {-32.0, 1.9, 3.4}, .towards = {-20.0, -0.6, 3.1}, .focal_px = 4100};
  return {.at = {-32.0, 1.9, 2.5}, .towards = {-15.5, 0.0, 1.05}, .focal_px = 6000};
}

}  // namespace

RearPainter::RearPainter(Aim aim, bool night)
    : night_(night),
      lens_(BehindTheLane(aim), {kWidth, kHeight}),
      scenery_(PaintSceneryFromBehind(lens_, night)),
      noise_({kWidth, kHeight}, night) {}

const cv::Mat& RearPainter::Paint(const LaneView& view, const cv::Mat& caption, uint64_t noise_seed,
                                  std::vector<SeenPlate>* plates, std::vector<SeenContainer>* containers) {
  trucks_.Next();
  scenery_.copyTo(picture_);
  PaintArm(lens_, view.arm_angle, night_, picture_);
  // The first to leave is the farthest from here.
  for (const LaneView::Seen& seen : view.trucks) PaintTruck(seen, plates, containers);
  caption.copyTo(picture_(cv::Rect(kWidth - caption.cols - 12, 12, caption.cols, caption.rows)));
  noise_.AddTo(picture_, noise_seed);
  return picture_;
}

RearPainter::Painted RearPainter::Look(const Truck& truck) const {
  Painted painted;
  painted.rear = PaintTruckRear(truck, night_).picture;
  painted.side = SideColour(truck, night_);
  if (!truck.container_number.empty()) painted.doors = PaintContainerDoors(truck, night_);
  if (truck.rear_face.lines.empty()) return painted;
  painted.plate = PaintPlate(truck.rear_face, (truck.paint % 10) / 10.0, truck.paint + 1);
  if (truck.rear_muddy) CoverWithMud(painted.plate);
  // Lit by its lamp.
  if (night_) painted.plate.convertTo(painted.plate, -1, 0.75, 0);
  return painted;
}

void RearPainter::PaintTruck(const LaneView::Seen& seen, std::vector<SeenPlate>* plates,
                             std::vector<SeenContainer>* containers) {
  const Truck& truck = seen.truck;
  const Painted& painted = trucks_.Of(truck.truck_id, [&] { return Look(truck); });
  const double x = seen.front_m - truck.length_m;
  PaintLongSide(lens_, std::max(x, lens_.at().x + kNearestM), seen.front_m, seen.front_m, kNearestM,
                painted.side, picture_);
  if (lens_.Depth({x, 0, 1}) < kNearestM) return;
  const auto rear = Upright(Side::kBehind, x, TruckRear::kWidthM, 0, TruckRear::kHeightM);
  Stretch(painted.rear, lens_.Project(rear), picture_);
  if (!painted.doors.picture.empty()) PaintDoors(truck, painted.doors, x, containers);
  if (painted.plate.empty()) return;
  const Quad corners =
      MountPlate(lens_, Side::kBehind, truck.rear_face, painted.plate, x, TruckRear::kPlateHeightM, picture_);
  if (plates != nullptr && LiesWithin(corners, picture_.size())) {
    plates->push_back({truck.truck_id, RearPlate(truck), corners});
  }
}

void RearPainter::PaintDoors(const Truck& truck, const ContainerDoors& doors, double x,
                             std::vector<SeenContainer>* containers) {
  constexpr double kTop = ContainerDoors::kBottomM + ContainerDoors::kHeightM;
  const auto whole =
      Upright(Side::kBehind, x, ContainerDoors::kWidthM, ContainerDoors::kBottomM, ContainerDoors::kHeightM);
  Stretch(doors.picture, lens_.Project(whole), picture_);
  if (containers == nullptr) return;
  const cv::Rect2d& at = doors.number;
  const Quad corners = lens_.Project(Upright(Side::kBehind, x, at.width, kTop - at.y - at.height, at.height,
                                             at.x + at.width / 2 - ContainerDoors::kWidthM / 2));
  if (LiesWithin(corners, picture_.size()))
    containers->push_back({truck.truck_id, truck.container_number, corners});
}

}  // namespace bordergate::simulator
