#include "services/simulator/domain/lane_event.h"

#include "services/simulator/domain/truck.h"

namespace bordergate::simulator {

std::string_view EventName(LaneEvent::Kind kind) {
  using Kind = LaneEvent::Kind;
  switch (kind) {
    case Kind::kTruckEntered:
      return "truck.entered";
    case Kind::kTruckArrived:
      return "truck.arrived";
    case Kind::kTruckStopped:
      return "truck.stopped";
    case Kind::kTruckUnderArm:
      return "truck.under_arm";
    case Kind::kTruckPassed:
      return "truck.passed";
    case Kind::kTruckTurnedBack:
      return "truck.turned_back";
    case Kind::kTruckWrongWay:
      return "truck.wrong_way";
    case Kind::kTruckVanished:
      return "truck.vanished";
    case Kind::kArmStruck:
      return "arm.struck";
    case Kind::kRaisePulse:
      return "arm.raise_pulse";
    case Kind::kLowerPulse:
      return "arm.lower_pulse";
    case Kind::kStopPulse:
      return "arm.stop_pulse";
    case Kind::kArmUp:
      return "arm.up";
    case Kind::kArmLeftTop:
      return "arm.left_top";
    case Kind::kArmDown:
      return "arm.down";
    case Kind::kArmLeftBottom:
      return "arm.left_bottom";
    case Kind::kLinkLost:
      return "link.lost";
    case Kind::kLinkBack:
      return "link.back";
    case Kind::kFaultOn:
      return "fault.on";
    case Kind::kFaultOff:
      return "fault.off";
    case Kind::kScene:
      return "scene.played";
  }
  return "unknown";
}

bool IsTruckEvent(std::string_view name) {
  if (!name.starts_with("truck.")) return false;
  for (int kind = 0; kind <= static_cast<int>(LaneEvent::Kind::kScene); ++kind) {
    if (EventName(static_cast<LaneEvent::Kind>(kind)) == name) return true;
  }
  return false;
}

std::string_view PurposeName(Purpose purpose) {
  switch (purpose) {
    case Purpose::kPlaced:
      return "placed";
    case Purpose::kDeclared:
      return "declared";
    case Purpose::kUndeclared:
      return "undeclared";
    case Purpose::kWatchListed:
      return "watch_listed";
    case Purpose::kMismatched:
      return "mismatched";
    case Purpose::kTrailerSwapped:
      return "trailer_swapped";
    case Purpose::kTagSwapped:
      return "tag_swapped";
  }
  return "unknown";
}

}  // namespace bordergate::simulator
