#include "services/simulator/device/scene_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "services/simulator/device/plate_painter.h"
#include "services/simulator/device/scenery.h"
#include "services/simulator/device/truck_painter.h"

namespace bordergate::simulator {
namespace {

constexpr double kNearestM = 1.2;
constexpr int kNoiseShift = 64;

using Quad = std::array<cv::Point2f, 4>;

cv::Rect BoundsWithin(const Quad& quad, const cv::Size& size) {
  float left = quad[0].x;
  float right = left;
  float top = quad[0].y;
  float bottom = top;
  for (const cv::Point2f& point : quad) {
    left = std::min(left, point.x);
    right = std::max(right, point.x);
    top = std::min(top, point.y);
    bottom = std::max(bottom, point.y);
  }
  const cv::Rect2f bounds(left - 1, top - 1, right - left + 2, bottom - top + 2);
  const cv::Rect2f visible =
      bounds & cv::Rect2f(0, 0, static_cast<float>(size.width), static_cast<float>(size.height));
  return {static_cast<int>(visible.x), static_cast<int>(visible.y), static_cast<int>(visible.width),
          static_cast<int>(visible.height)};
}

// Lays a picture with alpha multiplied in over another one.
void Blend(const cv::Mat& over, cv::Mat& under) {
  for (int row = 0; row < over.rows; ++row) {
    const auto* from = over.ptr<cv::Vec4b>(row);
    auto* to = under.ptr<cv::Vec3b>(row);
    for (int column = 0; column < over.cols; ++column) {
      const int alpha = from[column][3];
      if (alpha == 0) continue;
      const int rest = 255 - alpha;
      for (int channel = 0; channel < 3; ++channel) {
        to[column][channel] = static_cast<uint8_t>(from[column][channel] +
                                                   (rest == 0 ? 0 : (to[column][channel] * rest + 128) >> 8));
      }
    }
  }
}

// Stretches a flat picture onto four corners (clockwise from the top left) of another one. A fourth channel
// is taken as alpha multiplied in.
void Stretch(const cv::Mat& flat, const Quad& corners, cv::Mat& onto) {
  const cv::Rect area = BoundsWithin(corners, onto.size());
  if (area.area() < 4) return;
  // Made smaller first: taking every fifth pixel of fine lines would show what is not there.
  const double wanted = cv::norm(corners[1] - corners[0]);
  cv::Mat source = flat;
  if (wanted < flat.cols * 0.7) {
    const double scale = std::max(0.02, wanted / flat.cols);
    cv::resize(flat, source, {}, scale, scale, cv::INTER_AREA);
  }
  const auto width = static_cast<float>(source.cols);
  const auto height = static_cast<float>(source.rows);
  const Quad from = {{{0, 0}, {width, 0}, {width, height}, {0, height}}};
  Quad to = corners;
  for (cv::Point2f& corner : to)
    corner -= cv::Point2f(static_cast<float>(area.x), static_cast<float>(area.y));
  const cv::Mat map = cv::getPerspectiveTransform(from.data(), to.data());
  cv::Mat target = onto(area);
  if (source.channels() == 3) {
    cv::warpPerspective(source, target, map, area.size(), cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
    return;
  }
  cv::Mat warped;
  cv::warpPerspective(source, warped, map, area.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT,
                      cv::Scalar::all(0));
  Blend(warped, target);
}

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
      noise_(kHeight + kNoiseShift, kWidth + kNoiseShift, CV_8UC3) {
  cv::RNG random(7);
  random.fill(noise_, cv::RNG::NORMAL, cv::Scalar::all(16), cv::Scalar::all(night ? 6 : 3.5));
}

const cv::Mat& ScenePainter::Paint(const LaneView& view, const cv::Mat& caption, uint64_t noise_seed,
                                   std::vector<SeenPlate>* plates) {
  ++picture_count_;
  scenery_.copyTo(picture_);
  // The farthest first.
  for (auto seen = view.trucks.rbegin(); seen != view.trucks.rend(); ++seen) PaintTruck(*seen, plates);
  std::erase_if(trucks_, [this](const auto& entry) { return entry.second.used + kForget < picture_count_; });
  PaintArm(view.arm_angle);
  caption.copyTo(picture_(cv::Rect(kWidth - caption.cols - 12, 12, caption.cols, caption.rows)));
  AddNoise(noise_seed);
  return picture_;
}

const ScenePainter::Painted& ScenePainter::Look(const Truck& truck) {
  Painted& painted = trucks_[truck.truck_id];
  painted.used = picture_count_;
  if (painted.front.empty()) {
    painted.front = PaintTruckFront(truck, night_).picture;
    painted.plate = PaintPlate(truck.face, (truck.paint % 10) / 10.0, truck.paint);
    // From edge to edge, but for a corner that dried and fell off.
    if (truck.muddy) {
      painted.plate(cv::Rect(0, 0, painted.plate.cols * 9 / 10, painted.plate.rows))
          .setTo(painted.plate.channels() == 4 ? cv::Scalar(42, 60, 74, 255) : cv::Scalar(42, 60, 74));
    }
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
  const Quad frame = lens_.Project(Upright(x + 0.01, width + 0.03, bottom - 0.015, height + 0.03));
  std::array<cv::Point, 4> outline;
  std::ranges::copy(frame, outline.begin());
  cv::fillConvexPoly(picture_, outline.data(), 4, {18, 18, 18}, cv::LINE_AA);
  const Quad corners = lens_.Project(Upright(x + 0.02, width, bottom, height));
  Stretch(painted.plate, corners, picture_);
  const cv::Rect2f whole(0, 0, kWidth, kHeight);
  if (plates != nullptr &&
      std::ranges::all_of(corners, [&](const cv::Point2f& p) { return whole.contains(p); })) {
    plates->push_back({seen.truck.truck_id, seen.truck.plate, corners});
  }
}

void ScenePainter::PaintSide(const LaneView::Seen& seen, const Painted& painted) {
  const double front = std::min(seen.front_m, lens_.at().x - kNearestM);
  const double rear = seen.front_m - seen.truck.length_m;
  if (front <= rear) return;
  constexpr double kSide = 1.25;
  const auto quad = lens_.Project(std::array<cv::Point3d, 4>{
      {{rear, kSide, 3.9}, {front, kSide, 3.9}, {front, kSide, 0.75}, {rear, kSide, 0.75}}});
  std::array<cv::Point, 4> outline;
  std::ranges::copy(quad, outline.begin());
  cv::fillConvexPoly(picture_, outline.data(), 4, painted.side, cv::LINE_AA);
  // Ribs, so that one sees it move.
  const cv::Scalar shade = painted.side * 0.8;
  for (double x = front - 0.6; x > rear; x -= 0.6) {
    if (lens_.Depth({x, kSide, 1}) < kNearestM) continue;
    cv::line(picture_, lens_.Project({x, kSide, 3.8}), lens_.Project({x, kSide, 0.8}), shade, 2, cv::LINE_AA);
  }
}

void ScenePainter::PaintArm(double angle) {
  constexpr double kPivotY = -2.1;
  constexpr double kPivotZ = 1.0;
  constexpr double kLength = 4.1;
  constexpr double kHalf = 0.05;
  constexpr int kStripes = 8;
  const double turn = angle * std::numbers::pi / 2 * 0.97;
  const double along_y = std::cos(turn);
  const double along_z = std::sin(turn);
  for (int stripe = 0; stripe < kStripes; ++stripe) {
    const double from = kLength * stripe / kStripes;
    const double to = kLength * (stripe + 1) / kStripes;
    const auto at = [&](double reach, double across) {
      return lens_.Project(
          {0, kPivotY + reach * along_y - across * along_z, kPivotZ + reach * along_z + across * along_y});
    };
    const std::array<cv::Point, 4> outline = {at(from, kHalf), at(to, kHalf), at(to, -kHalf),
                                              at(from, -kHalf)};
    const double light = night_ ? 0.6 : 1.0;
    const cv::Scalar colour = stripe % 2 == 0 ? cv::Scalar(40, 40, 205) : cv::Scalar(232, 232, 232);
    cv::fillConvexPoly(picture_, outline.data(), 4, colour * light, cv::LINE_AA);
  }
}

void ScenePainter::AddNoise(uint64_t seed) {
  const auto shift_x = static_cast<int>(seed * 7919 % kNoiseShift);
  const auto shift_y = static_cast<int>(seed * 104'729 / 13 % kNoiseShift);
  cv::add(picture_, noise_(cv::Rect(shift_x, shift_y, kWidth, kHeight)), picture_);
  cv::subtract(picture_, cv::Scalar::all(16), picture_);
}

}  // namespace bordergate::simulator
