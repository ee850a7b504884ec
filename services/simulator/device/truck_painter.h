// Paints the front, the rear and the side of trucks.
#pragma once

#include <opencv2/core/mat.hpp>

#include "services/simulator/device/painting.h"
#include "services/simulator/domain/truck.h"

namespace bordergate::simulator {

// The front of a truck as a flat picture, from straight before.
struct TruckFront {
  static constexpr double kWidthM = 2.8;  // mirrors included
  static constexpr double kHeightM = 3.9;
  static constexpr double kPlateHeightM = 0.62;  // of the plate's middle above the road

  cv::Mat picture;  // four channels, alpha multiplied in; 200 pixels a metre; its lower edge is the road
};

TruckFront PaintTruckFront(const Truck& truck, bool night);

// The rear of a truck or its trailer, from straight behind. As the front.
struct TruckRear {
  static constexpr double kWidthM = TruckFront::kWidthM;
  static constexpr double kHeightM = TruckFront::kHeightM;
  static constexpr double kPlateHeightM = 0.98;  // of the plate's middle above the road

  cv::Mat picture;
};

// Without what it carries where that is a container (container_painter.h).
TruckRear PaintTruckRear(const Truck& truck, bool night);

// Of its load, by day.
Colour LoadColour(const Truck& truck);

// Colour of the side of its load.
cv::Scalar SideColour(const Truck& truck, bool night);

}  // namespace bordergate::simulator
