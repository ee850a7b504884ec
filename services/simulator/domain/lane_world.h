// The world of one lane: trucks on their way through, loops, barrier, and what goes wrong. Pure: moved by
// AdvanceTo in fixed steps, so that the same commands at the same times give the same world whatever the
// caller's rhythm.
//
// The barrier and the camera run in real time always; trucks drive faster by `driving_speed`.
//
// Not safe for use by several threads.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/result.h"
#include "services/simulator/domain/barrier_controller.h"
#include "services/simulator/domain/driving.h"
#include "services/simulator/domain/lane_event.h"
#include "services/simulator/domain/lane_geometry.h"
#include "services/simulator/domain/loop_detector.h"

namespace bordergate::simulator {

// Something done once.
enum class Scene {
  kReverse,       // the truck at the barrier backs out
  kPowerCycle,    // the controller and its detectors lose power for an instant
  kRestartLoops,  // the detectors alone start anew
  kForceArmUp,    // somebody lifts the arm by force
  kPressRaise,    // the buttons at the barrier; they work in hand operation
  kPressLower,
};
// For example "reverse".
std::string_view SceneName(Scene scene);
std::optional<Scene> FindScene(std::string_view name);

// What there is to see at one moment.
struct LaneView {
  struct Seen {
    Truck truck;
    double front_m = 0;
    bool moving = false;
    DrivenTruck::State state = DrivenTruck::State::kApproaching;
  };
  WorldTime at{};
  std::vector<Seen> trucks;  // the first to leave in front
  double arm_angle = 0;
  bool arm_moving = false;
  bool green = false;
  bool red = false;
  int waiting_count = 0;  // trucks around the corner
  Coils coils{};
  Inputs inputs{};
  bool link_lost = false;
  Faults faults;
};

class LaneWorld {
 public:
  static constexpr milliseconds kStep{20};

  LaneWorld(LaneGeometry geometry, BarrierTimes times);

  // Moves on in whole steps; what is left over waits for the next call.
  void AdvanceTo(WorldTime now);
  // 1 is real pace.
  void SetDrivingSpeed(double factor) { driving_speed_ = factor; }

  bool WriteCoil(Coil coil, bool on) { return barrier_.WriteCoil(coil, on, now_); }
  bool WriteBlock(const CommandBlock& block) { return barrier_.WriteBlock(block, now_); }
  const Coils& coils() const { return barrier_.coils(); }
  const CommandBlock& block() const { return barrier_.block(); }
  Inputs inputs() const;

  // Lines a truck up for this lane; `truck_id` is set. It comes into sight when the lane before the arm is
  // free, a tailgater at once behind the truck before him.
  void Place(Truck truck);
  void SetFault(Fault fault, bool on);
  const Faults& faults() const { return faults_; }
  //   errors   NOBODY_AT_BARRIER (reverse)
  Result<void> Play(Scene scene);

  LaneView View() const;
  // True when time changes nothing but the clock: nobody on the road, arm at rest.
  bool quiet() const;
  std::vector<LaneEvent> TakeEvents();

 private:
  void Step();
  void LetIn();
  void MoveTrucks();
  void NoteCrossings(const DrivenTruck& truck, double front_before, double rear_before);
  void SenseLoops();
  void CheckStrike(double angle_before);
  bool Under(const DrivenTruck& truck) const { return truck.front_m() > -0.3 && truck.rear_m() < 0.3; }
  ArmSight Sight() const;
  void Note(LaneEvent::Kind kind, std::string truck_id = {}, std::string detail = {});

  const LaneGeometry geometry_;
  WorldTime now_{0};
  double driving_speed_ = 1;
  BarrierController barrier_;
  LoopDetector arming_;
  LoopDetector safety_;
  LoopDetector exit_;
  Faults faults_;
  std::deque<Truck> queue_;
  std::deque<DrivenTruck> trucks_;
  bool struck_ = false;
  std::vector<LaneEvent> events_;
};

}  // namespace bordergate::simulator
