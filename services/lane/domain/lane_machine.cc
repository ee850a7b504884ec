#include "services/lane/domain/lane_machine.h"

#include <utility>

#include "services/lane/domain/reasons.h"

namespace bordergate::lane {

std::string_view LaneStateName(LaneState state) {
  switch (state) {
    case LaneState::kIdle:
      return "IDLE";
    case LaneState::kIdentifying:
      return "IDENTIFYING";
    case LaneState::kAsking:
      return "ASKING";
    case LaneState::kRefused:
      return "REFUSED";
    case LaneState::kOpening:
      return "OPENING";
    case LaneState::kPassing:
      return "PASSING";
    case LaneState::kClosing:
      return "CLOSING";
    case LaneState::kFault:
      return "FAULT";
  }
  return "";
}

LaneMachine::LaneMachine(LaneInfo info, LaneTimes times, IdMaker& ids, EvidenceNamer evidence_name)
    : info_(std::move(info)),
      times_(times),
      ids_(ids),
      evidence_name_(std::move(evidence_name)),
      arm_(times.arm_travel_max),
      tracker_(times.loops) {}

Effects LaneMachine::SeeInputs(const BarrierInputs& inputs, const Surroundings& around) {
  // Not the controller was silent but we stood still; vehicles moved on all the same.
  const bool stood_still =
      link_up_ && inputs_at_ && around.now.steady - inputs_at_->steady > times_.inputs_age_max;
  if (stood_still) NoteSilence(inputs_at_->steady);
  inputs_ = inputs;
  inputs_at_ = around.now;
  const bool link_back = !std::exchange(link_up_, true);
  if (link_back) Clear(cause::kBarrierUnreachable);
  // Under an arm that is down stands nobody, so its detector started on a free loop.
  const bool down = inputs.lower_limit && !inputs.upper_limit;
  if (!inputs.outputs_kept && !down) loops_believed_ = safety_rose_ = false;
  if (!inputs.outputs_kept) latch_believed_ = false;
  if (inputs.emergency) Raise(cause::kEmergencyOpening);
  if (inputs.controller_fault) {
    Raise(cause::kBarrierControllerFault);
  } else {
    Clear(cause::kBarrierControllerFault);
  }

  const auto arm_event = arm_.See(inputs.upper_limit, inputs.lower_limit, around.now.steady);
  if (std::exchange(first_inputs_, false)) {
    loops_believed_ = down || (inputs.outputs_kept && loops_noted_);
    latch_believed_ = inputs.outputs_kept && loops_noted_;
    if (opening_) ResumeOpening(around);
  } else if (link_back && around.now.steady - silent_since_ > times_.inputs_age_max) {
    OnLinkBack(around);
  }
  if (arm_event) OnArm(*arm_event, around);
  const bool safety_was_on = tracker_.safety().on();
  const bool arm_down = arm_.position() == ArmPosition::kDown;
  for (const TrackEvent& event : tracker_.See(inputs, arm_down, around.now)) OnTrack(event, around);
  if (tracker_.anybody_inside()) occupied_at_ = around.now.steady;
  if (!safety_was_on && tracker_.safety().on()) safety_rose_ = true;
  if (safety_was_on && !tracker_.safety().on() && safety_rose_) {
    loops_believed_ = true;  // it has seen a vehicle come and go
    Clear(cause::kLoopUnproved);
    Clear(cause::kLoopSilent, "safety");
  }
  if (Session* waiting = Waiting()) {  // also one that had entered and rolled back
    waiting->unauthorised.reset();
    if (opening_ && opening_->entered && opening_->vehicle == *tracker_.waiting()) SetEntered(false);
  }
  NotePresence(around.now);
  return Finish(around);
}

Effects LaneMachine::LinkLost(const Surroundings& around) {
  if (link_up_) NoteSilence(around.now.steady);
  Raise(cause::kBarrierUnreachable);
  return Finish(around);
}

void LaneMachine::NoteSilence(SteadyInstant since) {
  link_up_ = false;
  silent_since_ = since;
  arm_.Silent();
  inputs_at_.reset();
  clear_since_.reset();
  empty_since_.reset();
}

Effects LaneMachine::Tick(const Surroundings& around) { return Finish(around); }

Effects LaneMachine::Finish(const Surroundings& around) {
  CheckLoops(around.now);
  ResolveUnseen(around);
  GiveUpWaiting(around);
  DecideWaiting(around);
  LowerWhenClear(around);
  ShowRightLight();
  if (!first_inputs_ && loops_noted_ != loops_believed_) {
    loops_noted_ = loops_believed_;
    effects_.push_back(NoteLoops{info_.lane_id, loops_believed_});
  }
  UpdateState(around.now);
  return std::exchange(effects_, {});
}

Effects LaneMachine::OfficersWord(const Surroundings& around) {
  loops_believed_ = true;
  lower_count_ = 0;
  if (!inputs_.emergency) Clear(cause::kEmergencyOpening);
  for (const char* code :
       {cause::kBarrierDidNotMove, cause::kLoopUnproved, cause::kTailgating, cause::kWrongWay}) {
    Clear(code);
  }
  for (const char* loop : {"arming", "safety", "exit"}) Clear(cause::kLoopSilent, loop);
  return Finish(around);
}

void LaneMachine::OnTrack(const TrackEvent& event, const Surroundings& around) {
  switch (event.kind) {
    case TrackEvent::Kind::kArrived:
      return OnArrived(event.vehicle, event.at, around);
    case TrackEvent::Kind::kEntered:
      return OnEntered(event.vehicle, event.at);
    case TrackEvent::Kind::kLeft:
      return Complete(event.vehicle, event.at, {}, around);
    case TrackEvent::Kind::kExitNotSeen:
      Raise(cause::kLoopSilent, "loop", "exit");
      return Complete(event.vehicle, event.at, {{cause::kExitNotSeen, {}}}, around);
    case TrackEvent::Kind::kSafetyNotSeen:
      loops_believed_ = false;
      return Raise(cause::kLoopSilent, "loop", "safety");
    case TrackEvent::Kind::kWrongWay:
      SessionOf(event.vehicle, event.at).unauthorised = Cause{cause::kWrongWay, {}};
      Raise(cause::kWrongWay);
      return Complete(event.vehicle, event.at, {}, around);
    case TrackEvent::Kind::kWentBack:
      if (opening_ && opening_->vehicle == event.vehicle) EndUnused(OpeningEnd::kWentBack, around);
      LeaveTraces(SessionOf(event.vehicle, event.at), "", false, around);
      sessions_.erase(event.vehicle);
      return;
  }
}

void LaneMachine::OnArrived(VehicleNumber vehicle, Moment now, const Surroundings& around) {
  Clear(cause::kLoopSilent, "arming");
  Session& session = SessionOf(vehicle, now);
  if (opening_ && opening_->resumed && opening_->vehicle == 0) {
    session.id = opening_->decision.session_id;
    session.arrive.wall = opening_->arrive_time;
    opening_->vehicle = vehicle;
  }
  const bool seen_before = arming_clear_at_ && now.steady - arming_clear_at_->steady <= times_.inputs_age_max;
  session.reads_from = seen_before ? arming_clear_at_->steady : now.steady;
  // Nobody else was near: frames taken while it rolled up are its own.
  if (seen_before && empty_since_) {
    session.reads_from = std::max<SteadyInstant>(now.steady - times_.read_lead, empty_since_->steady);
  }
  for (const PlateRead& read : std::exchange(early_reads_, {})) BindRead(read, now, session);
  for (const SlipRead& slip : std::exchange(early_slips_, {})) BindSlip(slip, now, session);
  BindEarlyWitnesses(session, around);
}

void LaneMachine::OnEntered(VehicleNumber vehicle, Moment now) {
  const bool arrived = sessions_.contains(vehicle);
  Session& session = SessionOf(vehicle, now);
  if (opening_ && (opening_->vehicle == vehicle || opening_->vehicle == 0)) {
    opening_->vehicle = vehicle;
    SetEntered(true);
    return;
  }
  if (!arrived) Raise(cause::kLoopSilent, "loop", "arming");
  if (faults_.contains(cause::kEmergencyOpening)) {
    session.unauthorised = Cause{cause::kEmergencyOpening, {}};
  } else if (inputs_.hand_operation) {
    session.unauthorised = Cause{cause::kHandOperation, {}};
  } else if (faults_.contains(cause::kArmWithoutCommand)) {
    session.unauthorised = Cause{cause::kArmWithoutCommand, {}};
  } else {
    session.unauthorised = Cause{cause::kTailgating, {}};
    Raise(cause::kTailgating);
  }
}

void LaneMachine::SetEntered(bool entered) {
  opening_->entered = entered;
  TellNextRun(entered);
}

Session* LaneMachine::Waiting() {
  const auto vehicle = tracker_.waiting();
  return vehicle ? &sessions_.at(*vehicle) : nullptr;
}

std::string LaneMachine::waiting_session() const {
  const auto vehicle = tracker_.waiting();
  return vehicle ? sessions_.at(*vehicle).id : "";
}

Session& LaneMachine::SessionOf(VehicleNumber vehicle, Moment at) {
  const auto [it, inserted] = sessions_.try_emplace(vehicle);
  if (inserted) {
    it->second.id = ids_.New("session");
    it->second.arrive = at;
    it->second.reads_from = at.steady;
  }
  return it->second;
}

void LaneMachine::Raise(const char* code, const char* param, std::string value) {
  const std::string key = value.empty() ? code : std::string(code) + "/" + value;
  if (faults_.contains(key)) return;
  Cause fault{code, {}};
  if (param != nullptr) fault.params.emplace(param, std::move(value));
  faults_.emplace(key, fault);
  effects_.push_back(FaultRaised{std::move(fault)});
}

void LaneMachine::Clear(const char* code, const char* value) {
  const auto it = faults_.find(value == nullptr ? code : std::string(code) + "/" + value);
  if (it == faults_.end()) return;
  effects_.push_back(FaultCleared{std::move(it->second)});
  faults_.erase(it);
}

// The arm cannot be relied on: nothing is decided, an officer must look.
bool LaneMachine::Blocked() const {
  if (!link_up_) return true;
  for (const char* code : {cause::kBarrierPositionUnknown, cause::kBarrierControllerFault,
                           cause::kArmWithoutCommand, cause::kEmergencyOpening}) {
    if (faults_.contains(code)) return true;
  }
  return false;
}

LaneState LaneMachine::StateNow() {
  if (Blocked()) return LaneState::kFault;
  if (opening_) return opening_->stage == Opening::Stage::kUp ? LaneState::kPassing : LaneState::kOpening;
  if (arm_.position() != ArmPosition::kDown) {
    return tracker_.anybody_inside() ? LaneState::kPassing : LaneState::kClosing;
  }
  const Session* session = Waiting();
  if (session == nullptr) return LaneState::kIdle;
  if (!session->decision || session->decision->verdict.outcome == Outcome::kOpen)
    return LaneState::kIdentifying;
  return session->decision->verdict.outcome == Outcome::kAsk ? LaneState::kAsking : LaneState::kRefused;
}

void LaneMachine::UpdateState(Moment now) {
  const LaneState state = StateNow();
  if (state == state_) return;
  state_ = state;
  state_since_ = now.wall;
}

}  // namespace bordergate::lane
