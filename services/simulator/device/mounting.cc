#include "services/simulator/device/mounting.h"

#include <opencv2/imgproc.hpp>

namespace bordergate::simulator {

std::array<cv::Point3d, 4> Upright(Side side, double x, double width, double bottom, double height,
                                   double middle) {
  // y grows to the right before the truck, to the left behind it.
  const double right = side == Side::kBefore ? 1 : -1;
  const double from = right * (middle - width / 2);
  const double to = right * (middle + width / 2);
  return {{{x, from, bottom + height}, {x, to, bottom + height}, {x, to, bottom}, {x, from, bottom}}};
}

Quad MountPlate(const Lens& lens, Side side, const PlateFace& face, const cv::Mat& plate, double x,
                double height, cv::Mat& picture) {
  constexpr double kEdge = 0.015;
  const double outwards = side == Side::kBefore ? 0.01 : -0.01;
  const double wide = face.width_mm / 1000.0;
  const double high = face.height_mm / 1000.0;
  const double bottom = height - high / 2;
  FillQuad(lens.Project(Upright(side, x + outwards, wide + 2 * kEdge, bottom - kEdge, high + 2 * kEdge)),
           {18, 18, 18}, picture);
  const Quad corners = lens.Project(Upright(side, x + 2 * outwards, wide, bottom, high));
  Stretch(plate, corners, picture);
  return corners;
}

void PaintLongSide(const Lens& lens, double rear, double front, double ribs_from, double nearest,
                   const cv::Scalar& colour, cv::Mat& picture) {
  constexpr double kY = 1.25;
  if (front <= rear) return;
  FillQuad(lens.Project(std::array<cv::Point3d, 4>{
               {{rear, kY, 3.9}, {front, kY, 3.9}, {front, kY, 0.75}, {rear, kY, 0.75}}}),
           colour, picture);
  const cv::Scalar shade = colour * 0.8;
  for (double x = ribs_from - 0.6; x > rear; x -= 0.6) {
    if (lens.Depth({x, kY, 1}) < nearest) continue;
    cv::line(picture, lens.Project({x, kY, 3.8}), lens.Project({x, kY, 0.8}), shade, 2, cv::LINE_AA);
  }
}

}  // namespace bordergate::simulator
