// Which vehicle is where, told from three loops: arming (before the arm), safety (under it), exit (behind
// it).
//
// A vehicle waits on the arming loop, enters when it reaches the safety loop, and has left when it is off the
// exit loop. At most one waits; several may be inside one after the other (a tailgater, or one that follows
// bumper to bumper). A loop that goes off is believed only after `gap`, because it loses a truck between its
// axles.
//
// What loops cannot tell is decided for the safe side and named: a vehicle that left the safety loop and
// never reached the exit loop "was not seen leaving"; one that came in from behind goes the wrong way.
//
// Not safe for use by several threads.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "services/lane/domain/barrier.h"
#include "services/lane/domain/moment.h"

namespace bordergate::lane {

struct LoopTimes {
  milliseconds gap{300};         // off for this long before it counts as off
  milliseconds between{3000};    // a short vehicle may stand between arming and safety loop for this long
  milliseconds exit_wait{5000};  // from leaving the safety loop to reaching the exit loop
};

// 1, 2, 3 … in the order in which they were first seen by this program.
using VehicleNumber = uint64_t;

struct TrackEvent {
  enum class Kind {
    kArrived,        // on the arming loop
    kEntered,        // under the arm
    kLeft,           // off the exit loop
    kWentBack,       // off the arming loop, backwards
    kWrongWay,       // through the lane against its direction
    kExitNotSeen,    // off the safety loop, never on the exit loop, and not backwards
    kSafetyNotSeen,  // on the exit loop without having been on the safety loop (it has entered, too)
  };
  Kind kind;
  VehicleNumber vehicle;
  Moment at;
};

// One loop with its gaps closed.
class Loop {
 public:
  enum class Edge { kNone, kRose, kFell };
  Edge See(bool raw, Moment now, milliseconds gap);
  bool on() const { return on_; }
  Moment changed() const { return changed_; }  // rose, or first seen off

 private:
  bool on_ = false;
  Moment changed_;
  std::optional<Moment> off_since_;
};

class VehicleTracker {
 public:
  explicit VehicleTracker(LoopTimes times) : times_(times) {}

  // One picture of the loops. `arm_down`: the lower limit switch is on, so nobody can go through.
  std::vector<TrackEvent> See(const BarrierInputs& inputs, bool arm_down, Moment now);

  // The first picture after a start, when a vehicle was let in before: whoever is on the safety or exit loop
  // is taken to be that vehicle. Returns its number, if there is one; call it before See.
  std::optional<VehicleNumber> Adopt(const BarrierInputs& inputs, Moment now);

  // Forgets everybody and the loops' past. Returns those who were inside.
  std::vector<VehicleNumber> Forget();

  std::optional<VehicleNumber> waiting() const { return waiting_; }
  bool anybody_inside() const { return !inside_.empty() || stranger_ || departing_; }
  // Nobody on the safety or exit loop and nobody on the way between.
  bool Clear() const { return !safety_.on() && !exit_.on() && !anybody_inside(); }
  const Loop& arming() const { return arming_; }
  const Loop& safety() const { return safety_; }
  const Loop& exit() const { return exit_; }

 private:
  struct Inside {
    VehicleNumber number;
    bool on_arming = false;  // its rear is still on the arming loop
    bool on_exit = false;
    bool arming_rose = false;  // somebody came onto the arming loop since it entered
    std::optional<Moment> left_safety;
  };
  struct Departing {
    VehicleNumber number;
    Moment at;
  };
  struct Stranger {
    VehicleNumber number;
    bool on_arming = false;
  };

  void ArmingRose(Moment now);
  void ArmingFell(bool arm_down, Moment at);
  void SafetyRose(bool arm_down, Moment now);
  void SafetyFell(Moment at);
  void ExitRose(Moment now);
  void ExitFell(Moment at);
  void EnterWaiting(bool arm_down, Moment now);
  void Enter(VehicleNumber number, bool on_arming, Moment now);
  void Resolve(Moment now);
  void Emit(TrackEvent::Kind kind, VehicleNumber vehicle, Moment at) {
    events_.push_back({kind, vehicle, at});
  }

  const LoopTimes times_;
  Loop arming_, safety_, exit_;
  VehicleNumber last_number_ = 0;
  std::optional<VehicleNumber> waiting_;
  std::deque<Inside> inside_;  // the first to leave in front
  std::optional<Departing>
      departing_;  // off the arming loop with the arm up: forwards or backwards is not known yet
  std::optional<Stranger> stranger_;  // came in from behind
  std::vector<TrackEvent> events_;
};

}  // namespace bordergate::lane
