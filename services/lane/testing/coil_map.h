// The map of a controller that checks no token and is commanded by coils, as most are. ModbusController and
// independent_controller.py understand it beside the simulated one, as long as nobody has given them a token.
#pragma once

namespace bordergate::lane {

inline constexpr char kCoilMap[] = R"(
  inputs_from = "discrete_inputs"
  [inputs]
  upper_limit = 0
  lower_limit = 1
  arming_loop = 2
  safety_loop = 3
  exit_loop = 4
  emergency = 5
  controller_fault = 6
  hand_operation = 7
  [outputs]
  raise = 0
  lower = 1
  heartbeat = 3
  green_light = 4
  red_light = 5
  [pulse]
  length_ms = 0
)";

}  // namespace bordergate::lane
