// What really happened at a lane: the ground truth that passages are compared with.
#pragma once

#include <string>
#include <string_view>

#include "services/simulator/domain/world_time.h"

namespace bordergate::simulator {

struct LaneEvent {
  enum class Kind {
    kTruckEntered,     // appears on the approach
    kTruckArrived,     // reaches the arming loop
    kTruckStopped,     // stands at the line
    kTruckUnderArm,    // its front passes under the arm
    kTruckPassed,      // its rear has left the exit loop: it went through
    kTruckTurnedBack,  // it left the way it came
    kTruckWrongWay,    // it went through against the lane's direction
    kTruckVanished,    // the simulator ended while it was in the lane; nobody knows
    kArmStruck,        // the arm came down on a vehicle
    kRaisePulse,
    kLowerPulse,
    kStopPulse,
    kArmUp,
    kArmLeftTop,
    kArmDown,
    kArmLeftBottom,
    kLinkLost,  // the lane's heartbeat stopped
    kLinkBack,
    kFaultOn,  // `detail` names it
    kFaultOff,
    kScene,  // `detail` names what was done once: reverse, power_cycle, force_arm_up, press_raise, …
  };
  Kind kind;
  WorldTime at{};
  std::string truck_id = {};
  std::string detail = {};
};

// For example "truck.passed", "arm.raise_pulse".
std::string_view EventName(LaneEvent::Kind kind);
// Whether a truck can do this: "truck.passed".
bool IsTruckEvent(std::string_view name);

}  // namespace bordergate::simulator
