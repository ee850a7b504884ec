#include "services/simulator/device/perspective.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace bordergate::simulator {
namespace {

constexpr int kNoiseShift = 64;

cv::Scalar Mud() { return {42, 60, 74, 255}; }

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

}  // namespace

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

void FillQuad(const Quad& corners, const cv::Scalar& colour, cv::Mat& onto) {
  std::array<cv::Point, 4> outline;
  std::ranges::copy(corners, outline.begin());
  cv::fillConvexPoly(onto, outline.data(), 4, colour, cv::LINE_AA);
}

bool LiesWithin(const Quad& corners, const cv::Size& size) {
  const cv::Rect2f whole(0, 0, static_cast<float>(size.width), static_cast<float>(size.height));
  return std::ranges::all_of(corners, [&](const cv::Point2f& point) { return whole.contains(point); });
}

void PaintArm(const Lens& lens, double angle, bool night, cv::Mat& picture) {
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
      return lens.Project(
          {0, kPivotY + reach * along_y - across * along_z, kPivotZ + reach * along_z + across * along_y});
    };
    const std::array<cv::Point, 4> outline = {at(from, kHalf), at(to, kHalf), at(to, -kHalf),
                                              at(from, -kHalf)};
    const double light = night ? 0.6 : 1.0;
    const cv::Scalar colour = stripe % 2 == 0 ? cv::Scalar(40, 40, 205) : cv::Scalar(232, 232, 232);
    cv::fillConvexPoly(picture, outline.data(), 4, colour * light, cv::LINE_AA);
  }
}

void CoverWithMud(cv::Mat& plate) { plate(cv::Rect(0, 0, plate.cols * 9 / 10, plate.rows)).setTo(Mud()); }

void SmearCharacter(const PlateFace& face, cv::Mat& plate) {
  const int middle = plate.cols * (face.two_line() ? 68 : 79) / 100;
  const int half_width = plate.cols * (face.two_line() ? 75 : 52) / 1000;
  plate(cv::Rect(middle - half_width, 0, 2 * half_width, plate.rows)).setTo(Mud());
}

SensorNoise::SensorNoise(cv::Size picture, bool night)
    : noise_(picture.height + kNoiseShift, picture.width + kNoiseShift, CV_8UC3) {
  cv::RNG random(7);
  random.fill(noise_, cv::RNG::NORMAL, cv::Scalar::all(16), cv::Scalar::all(night ? 6 : 3.5));
}

void SensorNoise::AddTo(cv::Mat& picture, uint64_t seed) const {
  const auto shift_x = static_cast<int>(seed * 7919 % kNoiseShift);
  const auto shift_y = static_cast<int>(seed * 104'729 / 13 % kNoiseShift);
  cv::add(picture, noise_(cv::Rect(shift_x, shift_y, picture.cols, picture.rows)), picture);
  cv::subtract(picture, cv::Scalar::all(16), picture);
}

}  // namespace bordergate::simulator
