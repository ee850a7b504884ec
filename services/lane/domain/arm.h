// Where the arm is, from its two limit switches and from what it was told. Believes switches only, never a
// command.
//
// Not safe for use by several threads.
#pragma once

#include <optional>

#include "libs/core/clock.h"
#include "services/lane/domain/barrier.h"

namespace bordergate::lane {

class Arm {
 public:
  enum class Event {
    kReachedTop,     // after a raise
    kReachedBottom,  // after a lowering request, or by hand
    kDidNotRise,     // not in time, and still down; it is not commanded again
    kDidNotLower,    // not in time, and still up
    kLost,           // between the switches for too long, or both are on
    kFound,          // at a switch again after kLost
    kRoseByItself,   // left the bottom with no raise under way
    kWentUpAgain,    // while lowering: its own protection saw something
  };

  // `travel_max`: longest time the arm may need from one end to the other.
  explicit Arm(milliseconds travel_max) : travel_max_(travel_max) {}

  // The command was sent, or perhaps sent.
  void Commanded(BarrierCommand command, SteadyInstant at);

  // What the switches say now; what follows from it, if anything.
  std::optional<Event> See(bool upper_limit, bool lower_limit, SteadyInstant now);

  // The controller is silent: nothing is known until See is called again.
  void Silent();

  ArmPosition position() const { return position_; }
  BarrierCommand last_command() const { return last_command_; }
  bool moving_on_command() const { return pending_ != BarrierCommand::kNone; }

 private:
  std::optional<Event> AtTop();
  std::optional<Event> AtBottom();
  std::optional<Event> Between(SteadyInstant now);
  std::optional<Event> Overdue(SteadyInstant now);

  // A pole in the wind opens its switch for an instant.
  static constexpr milliseconds kSwitchBounce{300};

  const milliseconds travel_max_;
  ArmPosition position_ = ArmPosition::kUnknown;
  bool seen_ = false;  // See was called since the last silence
  bool lost_ = false;  // kLost was reported
  BarrierCommand last_command_ = BarrierCommand::kNone;
  BarrierCommand pending_ = BarrierCommand::kNone;
  SteadyInstant commanded_at_;
  std::optional<SteadyInstant> between_since_;
  ArmPosition came_from_ = ArmPosition::kUnknown;  // the end it was at last
  bool rise_reported_ = false;
};

}  // namespace bordergate::lane
