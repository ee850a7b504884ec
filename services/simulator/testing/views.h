// Things to see at a lane, for tests of cameras.
#pragma once

#include <string>

#include "services/simulator/domain/lane_world.h"

namespace bordergate::simulator {

inline LaneView EmptyLane() { return {}; }

inline LaneView::Seen SeenTruck(std::string_view plate, double front_m, bool two_line = false) {
  LaneView::Seen seen;
  const Plate parsed = ParsePlate(plate).value();
  seen.truck.truck_id = "truck_of_" + parsed.key;
  seen.truck.plate = parsed.normalised;
  seen.truck.face = MakePlateFace(parsed, {.two_line = two_line, .colour = {}}).value();
  seen.front_m = front_m;
  return seen;
}

inline LaneView LaneWith(LaneView::Seen seen) {
  LaneView view;
  view.trucks.push_back(std::move(seen));
  return view;
}

}  // namespace bordergate::simulator
