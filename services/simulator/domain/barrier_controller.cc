#include "services/simulator/domain/barrier_controller.h"

#include <algorithm>
#include <utility>

namespace bordergate::simulator {

bool BarrierController::WriteCoil(Coil coil, bool on, WorldTime now) {
  if (block_.token != 0) return false;
  SetCoil(coil, on, now);
  return true;
}

bool BarrierController::WriteBlock(const CommandBlock& block, WorldTime now) {
  const bool next = block_.token == 0 || block.token >> 32 == (block_.token >> 32) + 1;
  if (block.token == 0 || (block.token != block_.token && !next)) return false;
  const bool beats = block.heartbeat != block_.heartbeat || block.token != block_.token;
  block_ = block;
  if (beats) SetCoil(kCoilHeartbeat, !coils_[kCoilHeartbeat], now);
  SetCoil(kCoilGreen, (block.levels & 1) != 0, now);
  SetCoil(kCoilRed, (block.levels & 2) != 0, now);
  constexpr std::array kCommands = {kCoilRaise, kCoilLower, kCoilStop};
  if (block.command >= 1 && block.command <= kCommands.size())
    SetCoil(kCommands[block.command - 1], true, now);
  return true;
}

void BarrierController::SetCoil(Coil coil, bool on, WorldTime now) {
  const bool was_on = coils_[coil];
  coils_[coil] = on;
  if (coil == kCoilHeartbeat) {
    if (on == was_on && heartbeat_at_) return;
    heartbeat_at_ = now;
    if (std::exchange(link_lost_, false)) happenings_.push_back(Happening::kLinkBack);
    return;
  }
  if (coil > kCoilStop || !on || was_on) return;
  pulse_ends_[coil] = now + times_.pulse;
  pulsed_[coil] = true;
  if (coil == kCoilRaise) exit_latch_ = false;
  constexpr std::array kPulses = {Happening::kRaisePulse, Happening::kLowerPulse, Happening::kStopPulse};
  happenings_.push_back(kPulses[coil]);
}

void BarrierController::PressRaise() { button_raise_ = true; }

void BarrierController::PressLower() { button_lower_ = true; }

void BarrierController::LosePower() {
  coils_ = {};
  block_ = {.token = block_.token};
  pulsed_ = {};
  motor_ = Motor::kStopped;
  heartbeat_at_.reset();
  link_lost_ = exit_latch_ = false;
}

void BarrierController::Step(WorldTime now, milliseconds step, bool safety_loop, const Faults& faults) {
  for (std::size_t coil = 0; coil < pulse_ends_.size(); ++coil) {
    if (coils_[coil] && now >= pulse_ends_[coil]) coils_[coil] = false;
  }
  WatchHeartbeat(now);
  Obey(safety_loop, faults);
  if (motor_ == Motor::kLowering && safety_loop) Raise();
  Turn(step, faults);
}

void BarrierController::Raise() {
  motor_ = Motor::kRaising;
  ++raise_count_;
}

void BarrierController::Obey(bool safety_loop, const Faults& faults) {
  const auto pulsed = std::exchange(pulsed_, {});
  const bool button_raise = std::exchange(button_raise_, false);
  const bool button_lower = std::exchange(button_lower_, false);
  const bool emergency = faults.Has(Fault::kEmergencyOpening);
  if (emergency) {
    if (!was_emergency_) ++raise_count_;
    was_emergency_ = true;
    motor_ = Motor::kRaising;
    return;
  }
  was_emergency_ = false;
  if (faults.Has(Fault::kLocalOperation)) {
    if (button_raise) Raise();
    if (button_lower && !safety_loop) motor_ = Motor::kLowering;
    return;
  }
  if (link_lost_ || faults.Has(Fault::kControllerFault)) return;
  if (pulsed[kCoilStop]) {
    motor_ = Motor::kStopped;
  } else if (pulsed[kCoilRaise]) {
    Raise();
  } else if (pulsed[kCoilLower] && !safety_loop) {
    motor_ = Motor::kLowering;
  }
}

void BarrierController::WatchHeartbeat(WorldTime now) {
  if (!heartbeat_at_ || link_lost_ || now - *heartbeat_at_ <= times_.heartbeat) return;
  link_lost_ = true;
  coils_[kCoilGreen] = false;
  coils_[kCoilRed] = true;
  happenings_.push_back(Happening::kLinkLost);
}

void BarrierController::Turn(milliseconds step, const Faults& faults) {
  if (motor_ == Motor::kStopped || faults.Has(Fault::kArmStuck)) return;
  const bool raising = motor_ == Motor::kRaising;
  const auto travel = raising ? times_.raise : times_.lower;
  const double by = static_cast<double>(step.count()) / static_cast<double>(travel.count());
  const double before = angle_;
  angle_ = raising ? std::min(1.0, before + by) : std::max(0.0, before - by);
  if (faults.Has(Fault::kArmHalfway)) {
    const bool crosses = raising ? before <= 0.5 && angle_ >= 0.5 : before >= 0.5 && angle_ <= 0.5;
    if (crosses) angle_ = 0.5;
  }
  if (before >= kUpFrom && angle_ < kUpFrom) happenings_.push_back(Happening::kArmLeftTop);
  if (before <= kDownTo && angle_ > kDownTo) happenings_.push_back(Happening::kArmLeftBottom);
  if (before < kUpFrom && angle_ >= kUpFrom) happenings_.push_back(Happening::kArmUp);
  if (before > kDownTo && angle_ <= kDownTo) happenings_.push_back(Happening::kArmDown);
  if (angle_ == (raising ? 1.0 : 0.0)) motor_ = Motor::kStopped;
}

std::vector<BarrierController::Happening> BarrierController::TakeHappenings() {
  return std::exchange(happenings_, {});
}

}  // namespace bordergate::simulator
