// Where a point of the lane appears in a camera's picture: a pinhole camera on a pole beside the lane.
//
// Axes in metres: x along the lane in driving direction with the arm at 0, y to the left of an approaching
// driver's mirror image (right in the picture), z up from the road.
#pragma once

#include <array>

#include <opencv2/core/types.hpp>

namespace bordergate::simulator {

class Lens {
 public:
  struct Mounting {
    cv::Point3d at{8.0, 2.2, 2.8};
    cv::Point3d towards{-3.8, 0.0, 1.05};
    double focal_px = 3900;
  };

  Lens(Mounting mounting, cv::Size picture);

  // How far before the camera a point is; not visible from 0 down.
  double Depth(const cv::Point3d& point) const;
  // In pixels; the point's depth must be positive.
  cv::Point2f Project(const cv::Point3d& point) const;
  std::array<cv::Point2f, 4> Project(const std::array<cv::Point3d, 4>& points) const;

  const cv::Point3d& at() const { return mounting_.at; }
  cv::Size picture() const { return picture_; }

 private:
  const Mounting mounting_;
  const cv::Size picture_;
  cv::Point3d forward_;
  cv::Point3d right_;
  cv::Point3d up_;
};

}  // namespace bordergate::simulator
