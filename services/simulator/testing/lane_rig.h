// One lane's world under a virtual clock, for tests of what it does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/simulator/domain/lane_world.h"

namespace bordergate::simulator {

class LaneRig {
 public:
  LaneWorld world{LaneGeometry{}, BarrierTimes{}};

  void Advance(milliseconds span) {
    now_ += span;
    world.AdvanceTo(now_);
    for (LaneEvent& event : world.TakeEvents()) events.push_back(std::move(event));
  }
  // Moves on until an event of this name comes, at most a minute. False: it did not.
  bool AdvanceUntil(std::string_view name) {
    const size_t seen = events.size();
    for (milliseconds passed{0}; passed < minutes(1); passed += LaneWorld::kStep) {
      Advance(LaneWorld::kStep);
      for (size_t at = seen; at < events.size(); ++at) {
        if (EventName(events[at].kind) == name) return true;
      }
    }
    return false;
  }
  void Pulse(Coil coil) { world.WriteCoil(coil, true); }
  std::string Place(std::string truck_id, double length_m = 12, DriverManner manner = DriverManner::kNormal) {
    Truck truck;
    truck.truck_id = truck_id;
    truck.plate = "29C12345";
    truck.length_m = length_m;
    truck.manner = manner;
    world.Place(truck);
    return truck_id;
  }
  // Names of the truck events so far, in order: "truck.arrived".
  std::vector<std::string> Story(std::string_view truck_id) const {
    std::vector<std::string> names;
    for (const LaneEvent& event : events) {
      if (event.truck_id == truck_id) names.emplace_back(EventName(event.kind));
    }
    return names;
  }
  int Count(std::string_view name) const {
    int count = 0;
    for (const LaneEvent& event : events) count += EventName(event.kind) == name ? 1 : 0;
    return count;
  }
  // The loops that report somebody: "A", "AS", "SX", "".
  std::string Loops() const {
    const Inputs inputs = world.inputs();
    return std::string(inputs[kInputArmingLoop] ? "A" : "") + (inputs[kInputSafetyLoop] ? "S" : "") +
           (inputs[kInputExitLoop] ? "X" : "");
  }
  WorldTime now() const { return now_; }

  std::vector<LaneEvent> events;

 private:
  WorldTime now_{0};
};

}  // namespace bordergate::simulator
