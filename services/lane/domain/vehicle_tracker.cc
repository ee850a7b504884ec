#include "services/lane/domain/vehicle_tracker.h"

#include <utility>

namespace bordergate::lane {

Loop::Edge Loop::See(bool raw, Moment now, milliseconds gap) {
  if (raw) {
    off_since_.reset();
    if (on_) return Edge::kNone;
    on_ = true;
    changed_ = now;
    return Edge::kRose;
  }
  if (!on_) return Edge::kNone;
  if (!off_since_) off_since_ = now;
  if (now.steady - off_since_->steady < gap) return Edge::kNone;
  on_ = false;
  changed_ = *std::exchange(off_since_, std::nullopt);
  return Edge::kFell;
}

std::vector<TrackEvent> VehicleTracker::See(const BarrierInputs& inputs, bool arm_down, Moment now) {
  const Loop::Edge arming = arming_.See(inputs.arming_loop, now, times_.gap);
  const Loop::Edge safety = safety_.See(inputs.safety_loop, now, times_.gap);
  const Loop::Edge exit = exit_.See(inputs.exit_loop, now, times_.gap);
  // A vehicle covers the next loop before it leaves the last, so rising edges come first.
  if (arming == Loop::Edge::kRose) ArmingRose(now);
  if (safety == Loop::Edge::kRose) SafetyRose(arm_down, now);
  if (exit == Loop::Edge::kRose) ExitRose(now);
  if (exit == Loop::Edge::kFell) ExitFell(exit_.changed());
  if (safety == Loop::Edge::kFell) SafetyFell(safety_.changed());
  if (arming == Loop::Edge::kFell) ArmingFell(arm_down, arming_.changed());
  EnterWaiting(arm_down, now);
  Resolve(now);
  return std::exchange(events_, {});
}

std::optional<VehicleNumber> VehicleTracker::Adopt(const BarrierInputs& inputs, Moment now) {
  if (!inputs.safety_loop && !inputs.exit_loop) return std::nullopt;
  // On arming and safety loop at once it is one long vehicle; with only the exit loop between, another one
  // waits.
  const bool on_arming = inputs.arming_loop && inputs.safety_loop;
  if (on_arming) arming_.See(true, now, times_.gap);
  safety_.See(inputs.safety_loop, now, times_.gap);
  exit_.See(inputs.exit_loop, now, times_.gap);
  Inside vehicle{++last_number_, on_arming, inputs.exit_loop, false, std::nullopt};
  if (!inputs.safety_loop) vehicle.left_safety = now;
  inside_.push_back(vehicle);
  return vehicle.number;
}

std::vector<VehicleNumber> VehicleTracker::Forget() {
  std::vector<VehicleNumber> gone;
  gone.reserve(inside_.size());
  for (const Inside& vehicle : inside_) gone.push_back(vehicle.number);
  inside_.clear();
  waiting_.reset();
  departing_.reset();
  stranger_.reset();
  arming_ = safety_ = exit_ = Loop();
  return gone;
}

void VehicleTracker::ArmingRose(Moment now) {
  for (Inside& vehicle : inside_) vehicle.arming_rose = true;
  if (stranger_ && !waiting_) {
    stranger_->on_arming = true;
    return;
  }
  if (departing_) Emit(TrackEvent::Kind::kWentBack, std::exchange(departing_, std::nullopt)->number, now);
  waiting_ = ++last_number_;
  Emit(TrackEvent::Kind::kArrived, *waiting_, now);
}

void VehicleTracker::ArmingFell(bool arm_down, Moment at) {
  if (stranger_ && stranger_->on_arming) {
    Emit(TrackEvent::Kind::kWrongWay, std::exchange(stranger_, std::nullopt)->number, at);
    return;
  }
  if (!inside_.empty() && inside_.back().on_arming) {
    inside_.back().on_arming = false;
    return;
  }
  if (!waiting_) return;
  const VehicleNumber vehicle = *std::exchange(waiting_, std::nullopt);
  if (arm_down) {
    Emit(TrackEvent::Kind::kWentBack, vehicle, at);
  } else if (safety_.on()) {
    Enter(vehicle, false, at);  // so close behind another that the safety loop saw no gap
  } else {
    departing_ = Departing{vehicle, at};
  }
}

// The waiting vehicle reaches the safety loop; also when it stood there already while the arm went up.
void VehicleTracker::EnterWaiting(bool arm_down, Moment now) {
  if (!waiting_ || arm_down || !safety_.on()) return;
  const bool held_by_another = stranger_ || (!inside_.empty() && !inside_.back().left_safety);
  if (held_by_another) return;
  Enter(*std::exchange(waiting_, std::nullopt), true, now);
}

void VehicleTracker::SafetyRose(bool arm_down, Moment now) {
  if (departing_) {
    Enter(std::exchange(departing_, std::nullopt)->number, false, now);
    return;
  }
  if (waiting_ || arm_down) return;  // EnterWaiting, or something moves under a closed arm
  if (!inside_.empty()) {
    inside_.back().left_safety.reset();  // nobody came over the arming loop: it is the same vehicle's trailer
    return;
  }
  if (exit_.on()) {
    stranger_ = Stranger{++last_number_};
  } else {
    Enter(++last_number_, false, now);  // the arming loop did not see it
  }
}

void VehicleTracker::SafetyFell(Moment at) {
  for (Inside& vehicle : inside_) {
    if (!vehicle.left_safety) vehicle.left_safety = at;
  }
  if (inside_.empty() || !inside_.back().on_arming || waiting_) return;
  if (inside_.back().on_exit) {
    // Nobody is on the arming and the exit loop with the one between them free: another followed so closely
    // that the arming loop saw no gap.
    inside_.back().on_arming = false;
    for (Inside& vehicle : inside_) vehicle.arming_rose = true;
    waiting_ = ++last_number_;
    Emit(TrackEvent::Kind::kArrived, *waiting_, at);
    return;
  }
  // Rolled back onto the arming loop alone: it waits again.
  waiting_ = inside_.back().number;
  inside_.pop_back();
}

void VehicleTracker::ExitRose(Moment now) {
  if (inside_.empty() && departing_) {
    const VehicleNumber vehicle = std::exchange(departing_, std::nullopt)->number;
    inside_.push_back({vehicle, false, true, false, now});
    Emit(TrackEvent::Kind::kEntered, vehicle, now);
    Emit(TrackEvent::Kind::kSafetyNotSeen, vehicle, now);
    return;
  }
  for (Inside& vehicle : inside_) {
    if (vehicle.on_exit) continue;
    vehicle.on_exit = true;
    return;
  }
}

void VehicleTracker::ExitFell(Moment at) {
  if (inside_.empty() || !inside_.front().on_exit) return;
  if (safety_.on() && inside_.size() == 1) {
    inside_.front().on_exit = false;  // rolled back a little
    return;
  }
  Emit(TrackEvent::Kind::kLeft, inside_.front().number, at);
  inside_.pop_front();
  if (safety_.on()) return;
  // The exit loop was covered without a gap: all who were inside have gone.
  while (!inside_.empty() && !inside_.front().on_arming) {
    Emit(TrackEvent::Kind::kLeft, inside_.front().number, at);
    inside_.pop_front();
  }
}

void VehicleTracker::Enter(VehicleNumber number, bool on_arming, Moment now) {
  inside_.push_back({number, on_arming, false, false, std::nullopt});
  Emit(TrackEvent::Kind::kEntered, number, now);
  if (exit_.on() && inside_.size() == 1) inside_.back().on_exit = true;
}

// What time alone tells.
void VehicleTracker::Resolve(Moment now) {
  if (departing_ && now.steady - departing_->at.steady >= times_.between) {
    Emit(TrackEvent::Kind::kWentBack, departing_->number, departing_->at);
    departing_.reset();
  }
  if (stranger_ && !safety_.on() && !exit_.on() && !arming_.on()) stranger_.reset();  // went out as it came
  while (!inside_.empty()) {
    const Inside& front = inside_.front();
    if (front.on_exit || !front.left_safety || safety_.on()) return;
    if (now.steady - front.left_safety->steady < times_.exit_wait) return;
    Emit(front.arming_rose ? TrackEvent::Kind::kWentBack : TrackEvent::Kind::kExitNotSeen, front.number,
         *front.left_safety);
    inside_.pop_front();
  }
}

}  // namespace bordergate::lane
