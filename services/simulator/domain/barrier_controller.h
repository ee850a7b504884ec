// The controller of one barrier and the arm it moves, as the maker's box at the lane: coils and loops in, arm
// and switches out. It protects people by itself: whatever software writes, it does not lower the arm onto a
// vehicle.
//
//   raise   up to the upper switch
//   lower   down to the lower switch; ignored while its safety loop reports a vehicle. When one comes under a
//   falling
//           arm, the arm goes up again
//   stop    holds the arm where it is; of several pulses in one write the stop wins
//
// Loses its software's heartbeat: lights go red, pulses are ignored until the coil toggles again; an arm that
// is up stays up. Without a heartbeat ever seen, pulses are obeyed (commissioning). Emergency opening and
// hand operation win over coils.
//
// Obeys one master. Commands come as a block with a token. A block with the token of the master is obeyed;
// one whose upper half is higher by one is a new master's; any other is refused whole, and so are coils from
// the first token on. The token outlives a power cut.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "services/simulator/domain/barrier_map.h"
#include "services/simulator/domain/fault.h"
#include "services/simulator/domain/world_time.h"

namespace bordergate::simulator {

struct BarrierTimes {
  milliseconds raise{1200};  // from the lower to the upper switch
  milliseconds lower{2500};
  milliseconds pulse{500};       // after this a pulse coil is 0 again
  milliseconds heartbeat{5000};  // no change of the heartbeat coil for longer: the link counts as lost
};

class BarrierController {
 public:
  enum class Happening {
    kRaisePulse,  // a raise coil went from 0 to 1, whether it was obeyed or not
    kLowerPulse,
    kStopPulse,
    kArmUp,
    kArmLeftTop,
    kArmDown,
    kArmLeftBottom,
    kLinkLost,
    kLinkBack,
  };

  explicit BarrierController(BarrierTimes times) : times_(times) {}

  // False: refused, nothing has changed.
  bool WriteCoil(Coil coil, bool on, WorldTime now);
  bool WriteBlock(const CommandBlock& block, WorldTime now);
  // The buttons at the barrier; obeyed in hand operation only.
  void PressRaise();
  void PressLower();
  // Somebody lifts the arm by force. It stays up until it is lowered.
  void ForceUp() { motor_ = Motor::kRaising; }
  // Without power for an instant: coils are 0, the arm stands where it is, no heartbeat was seen yet, no
  // vehicle at the exit.
  void LosePower();

  // What the exit loop reports: remembered until the next raise pulse.
  void SeeExit(bool exit_loop) { exit_latch_ = exit_latch_ || exit_loop; }
  // Moves on by one step.
  //   safety_loop   what the controller's own safety loop reports
  void Step(WorldTime now, milliseconds step, bool safety_loop, const Faults& faults);

  const Coils& coils() const { return coils_; }
  // As it was accepted last.
  const CommandBlock& block() const { return block_; }
  bool upper_limit(const Faults& faults) const {
    return angle_ >= kUpFrom && !faults.Has(Fault::kUpperSwitchDead);
  }
  bool lower_limit(const Faults& faults) const {
    return angle_ <= kDownTo && !faults.Has(Fault::kLowerSwitchDead);
  }
  bool exit_latch() const { return exit_latch_; }
  // 0 is down, 1 is up.
  double angle() const { return angle_; }
  bool moving() const { return motor_ != Motor::kStopped; }
  // How often the arm was told to rise, by whatever means; a driver waits for the next one.
  int raise_count() const { return raise_count_; }
  bool link_lost() const { return link_lost_; }

  std::vector<Happening> TakeHappenings();

 private:
  enum class Motor { kStopped, kRaising, kLowering };
  static constexpr double kUpFrom = 0.99;
  static constexpr double kDownTo = 0.01;

  void SetCoil(Coil coil, bool on, WorldTime now);
  void Raise();
  void Obey(bool safety_loop, const Faults& faults);
  void WatchHeartbeat(WorldTime now);
  void Turn(milliseconds step, const Faults& faults);

  const BarrierTimes times_;
  Coils coils_{};
  CommandBlock block_;
  std::array<WorldTime, 3> pulse_ends_{};
  std::array<bool, 3> pulsed_{};  // since the last step
  bool button_raise_ = false;
  bool button_lower_ = false;
  bool was_emergency_ = false;
  std::optional<WorldTime> heartbeat_at_;
  bool link_lost_ = false;
  bool exit_latch_ = false;
  Motor motor_ = Motor::kStopped;
  double angle_ = 0;
  int raise_count_ = 0;
  std::vector<Happening> happenings_;
};

}  // namespace bordergate::simulator
