// Four corners, and cutting what is between them out upright. tools/anpr/views.py cuts in the same way for
// training: change both together.
#pragma once

#include <opencv2/core.hpp>

#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

// Mean of the two upright, or the two lying, sides; pixels.
double QuadHeight(const Corners& corners);
double QuadWidth(const Corners& corners);
cv::Point2f QuadCentre(const Corners& corners);

// The corners moved away from their centre, across and up, by these factors.
Corners Scaled(const Corners& corners, cv::Size2f by);

// The same along the sides of what the corners hold.
Corners ScaledAlong(const Corners& corners, cv::Size2f by);

// The smallest upright box around the corners.
cv::Rect2f QuadBox(const Corners& corners);

// The plate, upright, in a picture of `size`, with a margin (a part of its width and height) on each side.
cv::Mat Rectify(const cv::Mat& picture, const Corners& corners, cv::Size size, double margin);

// Points of the rectified picture, back in the picture they were cut from.
Corners FromRectified(const Corners& corners, cv::Size size, double margin, const Corners& points);

}  // namespace bordergate::camera
