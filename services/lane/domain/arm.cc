#include "services/lane/domain/arm.h"

#include <algorithm>
#include <utility>

namespace bordergate::lane {

void Arm::Commanded(BarrierCommand command, SteadyInstant at) {
  last_command_ = pending_ = command;
  commanded_at_ = at;
}

void Arm::Silent() {
  position_ = ArmPosition::kUnknown;
  seen_ = false;
  between_since_.reset();
}

std::optional<Arm::Event> Arm::See(bool upper_limit, bool lower_limit, SteadyInstant now) {
  std::optional<Event> event;
  if (upper_limit != lower_limit) {
    between_since_.reset();
    event = upper_limit ? AtTop() : AtBottom();
    if (std::exchange(lost_, false)) event = Event::kFound;
  } else if (upper_limit) {
    position_ = ArmPosition::kUnknown;  // both at once: a switch or its wire is broken
    if (!lost_) event = Event::kLost;
    lost_ = true;
  } else {
    event = Between(now);
  }
  seen_ = true;
  return event ? event : Overdue(now);
}

std::optional<Arm::Event> Arm::AtTop() {
  const bool first = !seen_ && came_from_ == ArmPosition::kUnknown;
  const bool was_up = came_from_ == ArmPosition::kUp;
  const bool left_top = was_up && position_ != ArmPosition::kUp && seen_;
  position_ = came_from_ = ArmPosition::kUp;
  if (pending_ == BarrierCommand::kRaise) {
    pending_ = BarrierCommand::kNone;
    rise_reported_ = false;
    return Event::kReachedTop;
  }
  if (pending_ == BarrierCommand::kLower && left_top) {
    pending_ = BarrierCommand::kNone;
    return Event::kWentUpAgain;
  }
  const bool reported = rise_reported_;
  rise_reported_ = false;
  if (first || was_up || reported) return std::nullopt;
  return Event::kRoseByItself;
}

std::optional<Arm::Event> Arm::AtBottom() {
  const bool was_down = came_from_ == ArmPosition::kDown;
  position_ = came_from_ = ArmPosition::kDown;
  rise_reported_ = false;
  if (pending_ == BarrierCommand::kLower) {
    pending_ = BarrierCommand::kNone;
    return Event::kReachedBottom;
  }
  if (was_down || pending_ == BarrierCommand::kRaise) return std::nullopt;
  return Event::kReachedBottom;
}

std::optional<Arm::Event> Arm::Between(SteadyInstant now) {
  if (!between_since_) between_since_ = now;
  const SteadyInstant start =
      pending_ == BarrierCommand::kNone ? *between_since_ : std::max(*between_since_, commanded_at_);
  if (now - start > travel_max_) {
    position_ = ArmPosition::kUnknown;
    pending_ = BarrierCommand::kNone;
    if (lost_) return std::nullopt;
    lost_ = true;
    return Event::kLost;
  }
  position_ = ArmPosition::kMoving;
  const bool leaves_bottom = came_from_ == ArmPosition::kDown && pending_ != BarrierCommand::kRaise;
  if (leaves_bottom && !rise_reported_ && now - *between_since_ >= kSwitchBounce) {
    rise_reported_ = true;
    return Event::kRoseByItself;
  }
  return std::nullopt;
}

std::optional<Arm::Event> Arm::Overdue(SteadyInstant now) {
  if (pending_ == BarrierCommand::kNone || now - commanded_at_ <= travel_max_) return std::nullopt;
  const BarrierCommand overdue = pending_;
  if (overdue == BarrierCommand::kRaise && position_ == ArmPosition::kDown) {
    pending_ = BarrierCommand::kNone;
    return Event::kDidNotRise;
  }
  if (overdue == BarrierCommand::kLower && position_ == ArmPosition::kUp) {
    pending_ = BarrierCommand::kNone;
    return Event::kDidNotLower;
  }
  return std::nullopt;  // between the switches: Between reports it
}

}  // namespace bordergate::lane
