// One lane of asphalt, steel and trucks: loops, an arm with limit switches and its own protection, drivers
// that obey the light or do not. Knows the truth: who went through.
//
// Along the lane, in metres: arming loop 0 to 2, stop line at 3, safety loop 6 to 8 with the arm at 7, exit
// loop 12 to 14. Not safe for use by several threads.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "services/lane/domain/barrier.h"

namespace bordergate::lane {

class LaneModel {
 public:
  struct Truck {
    int id = 0;
    std::string plate;
    double length_m = 12;
    double speed_m_s = 2;
    bool tailgates = false;   // follows under an open arm whatever the light says
    bool turns_back = false;  // reverses out once it has been let in
    int impatience_s = 0;     // reverses out after waiting this long; 0: never
    double front_m = -15;     // where it is
    bool let_in = false;
    double waited_s = 0;
    bool reversing = false;
  };
  struct Passed {
    int id = 0;
    std::string plate;
  };

  explicit LaneModel(milliseconds arm_travel = milliseconds(900)) : arm_travel_(arm_travel) {}

  // Joins the queue, with some metres to the one before it.
  void Arrive(Truck truck);
  void Step(milliseconds span);

  BarrierInputs Inputs() const;
  void RaisePulse();
  void LowerPulse();
  void SetLights(bool green, bool red) {
    green_ = green;
    red_ = red;
  }

  // The truck that stands on the arming loop; a camera sees its plate.
  const Truck* OnArming() const;
  const std::deque<Truck>& trucks() const { return trucks_; }
  std::deque<Truck>& trucks() { return trucks_; }
  const std::vector<Passed>& passed() const { return passed_; }
  int raise_pulses() const { return raise_pulses_; }
  // Lowering requests that arrived while somebody was under the arm.
  int unsafe_lowerings() const { return unsafe_lowerings_; }
  bool green() const { return green_; }
  bool arm_up() const { return arm_ >= 1; }
  bool empty() const { return trucks_.empty(); }

  // Faults.
  bool arm_stuck = false;
  bool emergency = false;
  bool loops_blind = false;  // the detectors were without power: who stands there is not seen
  void RaiseByForce() { target_ = 1; }
  void LosePower();  // lights go dark, the arm stays, detectors forget who stands on them

 private:
  struct Loop {
    double from_m, to_m;
  };
  bool Covered(Loop loop) const;
  void MoveArm(double seconds_passed);
  void MoveTruck(Truck& truck, const Truck* ahead, double seconds_passed);

  static constexpr Loop kArming{0, 2}, kSafety{6, 8}, kExit{12, 14};
  static constexpr double kStopLine_m = 3, kGone_m = -20, kHold_m = -16, kDistance_m = 4;

  const milliseconds arm_travel_;
  std::deque<Truck> trucks_;  // the first in front
  std::vector<Passed> passed_;
  double arm_ = 0;  // 0 down, 1 up
  double target_ = 0;
  bool green_ = false, red_ = false;
  bool exit_latch_ = false;
  int raise_pulses_ = 0;
  int unsafe_lowerings_ = 0;
};

}  // namespace bordergate::lane
