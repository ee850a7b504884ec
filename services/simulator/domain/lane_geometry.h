// Where things stand along a lane, in metres in driving direction; the arm is at 0.
#pragma once

namespace bordergate::simulator {

struct LaneGeometry {
  double approach_m = -40;  // trucks come into sight here
  double arming_from_m = -7;
  double arming_to_m = -4;
  double stop_line_m = -3.5;  // a driver stops with the front here
  double scale_from_m = -28;  // the platform of the scale, before the arm
  double scale_to_m = -3;
  double safety_from_m = -1.5;
  double safety_to_m = 1.5;
  double exit_from_m = 3;
  double exit_to_m = 6;  // off this with the rear: it has passed
  double gone_m = 14;    // out of sight
  double camera_m = 5;   // the camera looks back from here
};

}  // namespace bordergate::simulator
