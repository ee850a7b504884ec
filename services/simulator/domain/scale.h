// What a scale under the lane before the barrier shows. Pure.
#pragma once

#include "services/simulator/domain/lane_world.h"

namespace bordergate::simulator {

struct ScaleSight {
  int kg = 0;          // of all that stands on the platform
  bool stable = true;  // nobody on it moves
  bool overload = false;
  bool tared = false;
  bool silent = false;  // it answers nobody
};

// A truck that is not wholly on the platform weighs on it by the part of its length that is.
ScaleSight Weigh(const LaneView& view, const LaneGeometry& geometry);

}  // namespace bordergate::simulator
