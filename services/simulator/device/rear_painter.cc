#include "services/simulator/device/rear_painter.h"

#include <algorithm>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "services/simulator/device/plate_painter.h"
#include "services/simulator/device/scenery.h"
#include "services/simulator/device/truck_painter.h"

namespace bordergate::simulator {
namespace {

constexpr double kNearestM = 2.0;
// Pictures after which a truck that is not seen any more is forgotten.
constexpr int64_t kForget = 300;
constexpr int kWidth = ScenePainter::kWidth;
constexpr int kHeight = ScenePainter::kHeight;

// A rear stands 12 m to 21 m before the arm, as long as its truck is: near enough for one picture to show
// both.
Lens::Mounting BehindTheLane() {
  return {.at = {-32.0, 1.9, 2.5}, .towards = {-15.5, 0.0, 1.05}, .focal_px = 6000};
}

// Corners of an upright rectangle across the lane, clockwise from the top left as seen from behind.
std::array<cv::Point3d, 4> UprightFromBehind(double x, double width, double bottom, double height) {
  return {{{x, width / 2, bottom + height},
           {x, -width / 2, bottom + height},
           {x, -width / 2, bottom},
           {x, width / 2, bottom}}};
}

}  // namespace

RearPainter::RearPainter(bool night)
    : night_(night),
      lens_(BehindTheLane(), {kWidth, kHeight}),
      scenery_(PaintSceneryFromBehind(lens_, night)),
      noise_({kWidth, kHeight}, night) {}

const cv::Mat& RearPainter::Paint(const LaneView& view, const cv::Mat& caption, uint64_t noise_seed,
                                  std::vector<SeenPlate>* plates) {
  ++picture_count_;
  scenery_.copyTo(picture_);
  PaintArm(lens_, view.arm_angle, night_, picture_);
  // The first to leave is the farthest from here.
  for (const LaneView::Seen& seen : view.trucks) PaintTruck(seen, plates);
  std::erase_if(trucks_, [this](const auto& entry) { return entry.second.used + kForget < picture_count_; });
  caption.copyTo(picture_(cv::Rect(kWidth - caption.cols - 12, 12, caption.cols, caption.rows)));
  noise_.AddTo(picture_, noise_seed);
  return picture_;
}

const RearPainter::Painted& RearPainter::Look(const Truck& truck) {
  Painted& painted = trucks_[truck.truck_id];
  painted.used = picture_count_;
  if (!painted.rear.empty()) return painted;
  painted.rear = PaintTruckRear(truck, night_).picture;
  painted.side = SideColour(truck, night_);
  if (truck.rear_face.lines.empty()) return painted;
  painted.plate = PaintPlate(truck.rear_face, (truck.paint % 10) / 10.0, truck.paint + 1);
  if (truck.rear_muddy) CoverWithMud(painted.plate);
  // Lit by its lamp.
  if (night_) painted.plate.convertTo(painted.plate, -1, 0.75, 0);
  return painted;
}

void RearPainter::PaintTruck(const LaneView::Seen& seen, std::vector<SeenPlate>* plates) {
  const Painted& painted = Look(seen.truck);
  PaintSide(seen, painted.side);
  const double x = seen.front_m - seen.truck.length_m;
  if (lens_.Depth({x, 0, 1}) < kNearestM) return;
  Stretch(painted.rear, lens_.Project(UprightFromBehind(x, TruckRear::kWidthM, 0, TruckRear::kHeightM)),
          picture_);
  if (painted.plate.empty()) return;
  const PlateFace& face = seen.truck.rear_face;
  const double width = face.width_mm / 1000.0;
  const double height = face.height_mm / 1000.0;
  const double bottom = TruckRear::kPlateHeightM - height / 2;
  FillQuad(lens_.Project(UprightFromBehind(x - 0.01, width + 0.03, bottom - 0.015, height + 0.03)),
           {18, 18, 18}, picture_);
  const Quad corners = lens_.Project(UprightFromBehind(x - 0.02, width, bottom, height));
  Stretch(painted.plate, corners, picture_);
  if (plates != nullptr && LiesWithin(corners, picture_.size())) {
    plates->push_back({seen.truck.truck_id, RearPlate(seen.truck), corners});
  }
}

void RearPainter::PaintSide(const LaneView::Seen& seen, const cv::Scalar& colour) {
  constexpr double kSide = 1.25;
  const double rear = std::max(seen.front_m - seen.truck.length_m, lens_.at().x + kNearestM);
  const double front = seen.front_m;
  if (front <= rear) return;
  FillQuad(lens_.Project(std::array<cv::Point3d, 4>{
               {{rear, kSide, 3.9}, {front, kSide, 3.9}, {front, kSide, 0.75}, {rear, kSide, 0.75}}}),
           colour, picture_);
  // Ribs, so that one sees it move; they go with the truck.
  const cv::Scalar shade = colour * 0.8;
  for (double x = front - 0.6; x > rear; x -= 0.6) {
    cv::line(picture_, lens_.Project({x, kSide, 3.8}), lens_.Project({x, kSide, 0.8}), shade, 2, cv::LINE_AA);
  }
}

}  // namespace bordergate::simulator
