// Paints the doors of containers with what is written on them.
#pragma once

#include <opencv2/core/mat.hpp>

#include "services/simulator/domain/truck.h"

namespace bordergate::simulator {

// The doors of a container of 8 feet 6 inches as a flat picture, from straight behind. On the right leaf,
// between the rods, stands the number, below it the code of size and type, then the weights.
struct ContainerDoors {
  static constexpr double kWidthM = 2.44;
  static constexpr double kHeightM = 2.59;
  static constexpr double kBottomM = 1.22;  // above the road
  static constexpr double kLetteringM = 0.1;

  cv::Mat picture;  // three channels, 400 pixels a metre
  // What the number takes, its check digit's box included, in metres from the upper left.
  cv::Rect2d number{};
};

//   truck   with a container
ContainerDoors PaintContainerDoors(const Truck& truck, bool night);

}  // namespace bordergate::simulator
