#include "services/camera/vision/geometry.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace bordergate::camera {
namespace {

// Where the plate's corners come to lie; a pixel's middle is its coordinate.
Corners Target(cv::Size size, double margin) {
  const auto w = static_cast<float>(size.width);
  const auto h = static_cast<float>(size.height);
  const auto mx = static_cast<float>(w * margin / (1 + 2 * margin));
  const auto my = static_cast<float>(h * margin / (1 + 2 * margin));
  return {cv::Point2f(mx - 0.5F, my - 0.5F), cv::Point2f(w - mx - 0.5F, my - 0.5F),
          cv::Point2f(w - mx - 0.5F, h - my - 0.5F), cv::Point2f(mx - 0.5F, h - my - 0.5F)};
}

// A large plate is first made small by areas, or thin strokes would fall between the samples.
void Shrink(cv::Mat& picture, Corners& corners, double factor) {
  const cv::Rect2f box = QuadBox(corners);
  const auto pad = static_cast<float>(0.3 * QuadHeight(corners));
  const int x0 = static_cast<int>(std::floor(std::max(box.x - pad, 0.0F)));
  const int y0 = static_cast<int>(std::floor(std::max(box.y - pad, 0.0F)));
  const int x1 =
      static_cast<int>(std::ceil(std::min(box.x + box.width + pad, static_cast<float>(picture.cols))));
  const int y1 =
      static_cast<int>(std::ceil(std::min(box.y + box.height + pad, static_cast<float>(picture.rows))));
  if (x1 - x0 <= 4 || y1 - y0 <= 4) return;
  cv::Mat part = picture(cv::Rect(x0, y0, x1 - x0, y1 - y0));
  cv::Mat small;
  cv::resize(part, small, {}, factor, factor, cv::INTER_AREA);
  const float fx = static_cast<float>(small.cols) / static_cast<float>(part.cols);
  const float fy = static_cast<float>(small.rows) / static_cast<float>(part.rows);
  for (cv::Point2f& p : corners) {
    p.x = (p.x - static_cast<float>(x0) + 0.5F) * fx - 0.5F;
    p.y = (p.y - static_cast<float>(y0) + 0.5F) * fy - 0.5F;
  }
  picture = small;
}

}  // namespace

double QuadHeight(const Corners& c) { return (cv::norm(c[3] - c[0]) + cv::norm(c[2] - c[1])) / 2; }
double QuadWidth(const Corners& c) { return (cv::norm(c[1] - c[0]) + cv::norm(c[2] - c[3])) / 2; }
cv::Point2f QuadCentre(const Corners& c) { return (c[0] + c[1] + c[2] + c[3]) * 0.25F; }

Corners Scaled(const Corners& corners, cv::Size2f by) {
  const cv::Point2f centre = QuadCentre(corners);
  Corners out = corners;
  for (cv::Point2f& p : out)
    p = centre + cv::Point2f((p.x - centre.x) * by.width, (p.y - centre.y) * by.height);
  return out;
}

Corners ScaledAlong(const Corners& c, cv::Size2f by) {
  const cv::Point2f across = (c[1] + c[2] - c[0] - c[3]) * (0.25F * (by.width - 1));
  const cv::Point2f up = (c[2] + c[3] - c[0] - c[1]) * (0.25F * (by.height - 1));
  return {c[0] - across - up, c[1] + across - up, c[2] + across + up, c[3] - across + up};
}

cv::Rect2f QuadBox(const Corners& c) {
  const auto [left, right] = std::minmax({c[0].x, c[1].x, c[2].x, c[3].x});
  const auto [top, bottom] = std::minmax({c[0].y, c[1].y, c[2].y, c[3].y});
  return {left, top, right - left, bottom - top};
}

cv::Mat Rectify(const cv::Mat& picture, const Corners& corners, cv::Size size, double margin) {
  const double inner_w = size.width / (1 + 2 * margin);
  const double inner_h = size.height / (1 + 2 * margin);
  const double scale = std::min(QuadHeight(corners) / inner_h, QuadWidth(corners) / inner_w);
  cv::Mat source = picture;
  Corners from = corners;
  if (scale > 2.0) Shrink(source, from, 1.5 / scale);
  const Corners to = Target(size, margin);
  cv::Mat out;
  cv::warpPerspective(source, out, cv::getPerspectiveTransform(from.data(), to.data()), size,
                      cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return out;
}

Corners FromRectified(const Corners& corners, cv::Size size, double margin, const Corners& points) {
  const Corners to = Target(size, margin);
  std::vector<cv::Point2f> out;
  cv::perspectiveTransform(std::vector<cv::Point2f>(points.begin(), points.end()), out,
                           cv::getPerspectiveTransform(to.data(), corners.data()));
  return {out[0], out[1], out[2], out[3]};
}

}  // namespace bordergate::camera
