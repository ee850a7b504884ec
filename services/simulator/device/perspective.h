// What painters of scenes share: flat pictures laid into the view of a lens, the arm, mud, the noise of a
// sensor.
#pragma once

#include <array>
#include <cstdint>

#include <opencv2/core/mat.hpp>

#include "services/simulator/device/lens.h"
#include "services/simulator/domain/plate_face.h"

namespace bordergate::simulator {

// Corners in pixels, clockwise from the top left.
using Quad = std::array<cv::Point2f, 4>;

// Stretches a flat picture onto four corners of another one. A fourth channel is taken as alpha multiplied
// in.
void Stretch(const cv::Mat& flat, const Quad& corners, cv::Mat& onto);
void FillQuad(const Quad& corners, const cv::Scalar& colour, cv::Mat& onto);
bool LiesWithin(const Quad& corners, const cv::Size& size);

// The arm of the barrier.
//   angle   0 down, 1 up
void PaintArm(const Lens& lens, double angle, bool night, cv::Mat& picture);

// Mud over a plate, from edge to edge, but for a corner that dried and fell off.
void CoverWithMud(cv::Mat& plate);
// A strip of mud from the upper to the lower edge, over the whole of the last but one character: nobody can
// know it. Mud that leaves a part of a character makes another one of it, which is then read surely.
void SmearCharacter(const PlateFace& face, cv::Mat& plate);

// The grain that differs from frame to frame.
class SensorNoise {
 public:
  SensorNoise(cv::Size picture, bool night);
  //   seed   another grain for another number
  void AddTo(cv::Mat& picture, uint64_t seed) const;

 private:
  cv::Mat noise_;  // larger than a picture, shifted from frame to frame
};

}  // namespace bordergate::simulator
