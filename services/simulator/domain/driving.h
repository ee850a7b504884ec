// How one truck moves along the lane: a driver who brakes in time, waits for the arm, and does not drive into
// the one before.
#pragma once

#include <optional>

#include "services/simulator/domain/lane_geometry.h"
#include "services/simulator/domain/truck.h"

namespace bordergate::simulator {

// What the driver sees of the barrier.
struct ArmSight {
  double angle = 0;  // 0 down, 1 up
  bool red = false;
  int raise_count = 0;     // goes up by one each time the arm is told to rise
  bool emergency = false;  // the emergency opening: everybody may drive
};

class DrivenTruck {
 public:
  enum class State {
    kApproaching,  // on its way to the line
    kStanding,     // at the line
    kDriving,      // the arm has gone up for it
    kReversing,    // leaves the way it came
    kAgainst,      // goes through against the direction
  };

  DrivenTruck(Truck truck, double front_m);

  const Truck& truck() const { return truck_; }
  State state() const { return state_; }
  double front_m() const { return front_m_; }
  double rear_m() const { return front_m_ - truck_.length_m; }
  bool moving() const { return speed_ > 0.02 || speed_ < -0.02; }
  std::optional<WorldTime> standing_since() const { return standing_since_; }

  // Reached the arming loop: from here on the driver waits for the arm to rise.
  void Arrive(const ArmSight& arm) { raise_count_at_arrival_ = arm.raise_count; }
  void Reverse() { state_ = State::kReversing; }

  // Moves on by `span`.
  //   ahead_rear_m   rear of the truck before; nothing when the road is free
  void Move(milliseconds span, WorldTime now, const ArmSight& arm, const LaneGeometry& lane,
            std::optional<double> ahead_rear_m);

 private:
  void Decide(WorldTime now, const ArmSight& arm, const LaneGeometry& lane);
  bool MayDrive(const ArmSight& arm) const;
  double SpeedLimit(const ArmSight& arm, const LaneGeometry& lane, std::optional<double> ahead_rear_m) const;

  Truck truck_;
  State state_ = State::kApproaching;
  double front_m_;
  double speed_ = 0;  // metres a second; negative backwards
  std::optional<int> raise_count_at_arrival_;
  std::optional<WorldTime> standing_since_;
  std::optional<WorldTime> may_drive_since_;
};

}  // namespace bordergate::simulator
