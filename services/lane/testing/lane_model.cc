#include "services/lane/testing/lane_model.h"

#include <algorithm>

namespace bordergate::lane {

void LaneModel::Arrive(Truck truck) {
  if (!trucks_.empty()) {
    const Truck& last = trucks_.back();
    truck.front_m = std::min(truck.front_m, last.front_m - last.length_m - 5);
  }
  trucks_.push_back(std::move(truck));
}

void LaneModel::Step(milliseconds span) {
  const double seconds_passed = std::chrono::duration<double>(span).count();
  MoveArm(seconds_passed);
  const Truck* ahead = nullptr;
  for (Truck& truck : trucks_) {
    MoveTruck(truck, ahead, seconds_passed);
    ahead = &truck;
  }
  while (!trucks_.empty() && trucks_.front().front_m - trucks_.front().length_m > kExit.to_m) {
    passed_.push_back({trucks_.front().id, trucks_.front().plate});
    exit_latch_ = exit_latch_ || !loops_blind;
    trucks_.pop_front();
  }
  std::erase_if(trucks_, [](const Truck& truck) { return truck.reversing && truck.front_m < kGone_m; });
  if (!Covered(kArming) && !Covered(kSafety) && !Covered(kExit)) loops_blind = false;
  if (Covered(kExit) && !loops_blind) exit_latch_ = true;
}

void LaneModel::MoveArm(double seconds_passed) {
  if (emergency) target_ = 1;
  if (target_ == 0 && Covered(kSafety) && !loops_blind) target_ = 1;  // its own protection
  if (arm_stuck) return;
  const double step = seconds_passed / std::chrono::duration<double>(arm_travel_).count();
  arm_ = target_ > arm_ ? std::min(target_, arm_ + step) : std::max(target_, arm_ - step);
}

void LaneModel::MoveTruck(Truck& truck, const Truck* ahead, double seconds_passed) {
  const double step = truck.speed_m_s * seconds_passed;
  if (truck.reversing) {
    truck.front_m -= step;
    return;
  }
  // It sees the arm come down before it and stops.
  if (truck.let_in && !arm_up() && truck.front_m < kSafety.from_m) truck.let_in = false;
  double limit = 1e9;
  if (ahead != nullptr) limit = ahead->front_m - ahead->length_m - kDistance_m;
  if (ahead != nullptr && !ahead->let_in) limit = std::min(limit, kHold_m);  // room for it to reverse out
  if (!truck.let_in) limit = std::min(limit, kStopLine_m);
  truck.front_m = std::max(truck.front_m, std::min(truck.front_m + step, limit));
  if (truck.let_in || truck.front_m < kStopLine_m) {
    if (truck.let_in && truck.turns_back && truck.front_m > 4.5) truck.reversing = true;
    return;
  }
  truck.waited_s += seconds_passed;
  if (arm_up() && (green_ || truck.tailgates)) truck.let_in = true;
  if (!truck.let_in && truck.impatience_s > 0 && truck.waited_s > truck.impatience_s) truck.reversing = true;
}

bool LaneModel::Covered(Loop loop) const {
  return std::any_of(trucks_.begin(), trucks_.end(), [&](const Truck& truck) {
    return truck.front_m > loop.from_m && truck.front_m - truck.length_m < loop.to_m;
  });
}

BarrierInputs LaneModel::Inputs() const {
  BarrierInputs inputs;
  inputs.upper_limit = arm_ >= 1;
  inputs.lower_limit = arm_ <= 0;
  inputs.arming_loop = Covered(kArming) && !loops_blind;
  inputs.safety_loop = Covered(kSafety) && !loops_blind;
  inputs.exit_loop = Covered(kExit) && !loops_blind;
  inputs.emergency = emergency;
  inputs.outputs_kept = green_ || red_;
  inputs.exit_latch = exit_latch_;
  return inputs;
}

void LaneModel::RaisePulse() {
  ++raise_pulses_;
  target_ = 1;
  exit_latch_ = false;
}

void LaneModel::LowerPulse() {
  if (Covered(kSafety)) ++unsafe_lowerings_;
  if (!Covered(kSafety) || loops_blind) target_ = 0;
}

const LaneModel::Truck* LaneModel::OnArming() const {
  for (const Truck& truck : trucks_) {
    if (truck.front_m > kArming.from_m && truck.front_m - truck.length_m < kArming.to_m) return &truck;
  }
  return nullptr;
}

void LaneModel::LosePower() {
  green_ = red_ = exit_latch_ = false;
  loops_blind = Covered(kArming) || Covered(kSafety) || Covered(kExit);
}

}  // namespace bordergate::lane
