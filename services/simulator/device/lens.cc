#include "services/simulator/device/lens.h"

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>

namespace bordergate::simulator {
namespace {

cv::Point3d Normalised(const cv::Point3d& vector) { return vector / std::sqrt(vector.dot(vector)); }

}  // namespace

Lens::Lens(Mounting mounting, cv::Size picture) : mounting_(mounting), picture_(picture) {
  forward_ = Normalised(mounting_.towards - mounting_.at);
  right_ = Normalised(forward_.cross(cv::Point3d(0, 0, 1)));
  up_ = right_.cross(forward_);
}

double Lens::Depth(const cv::Point3d& point) const { return (point - mounting_.at).dot(forward_); }

cv::Point2f Lens::Project(const cv::Point3d& point) const {
  const cv::Point3d ray = point - mounting_.at;
  const double depth = std::max(0.05, ray.dot(forward_));
  return {static_cast<float>(picture_.width / 2.0 + mounting_.focal_px * ray.dot(right_) / depth),
          static_cast<float>(picture_.height / 2.0 - mounting_.focal_px * ray.dot(up_) / depth)};
}

std::array<cv::Point2f, 4> Lens::Project(const std::array<cv::Point3d, 4>& points) const {
  return {Project(points[0]), Project(points[1]), Project(points[2]), Project(points[3])};
}

}  // namespace bordergate::simulator
