// The part of the machine that moves the arm and counts passages.
#include <utility>

#include "services/lane/domain/lane_machine.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

constexpr int kLowerTriesMax = 3;
constexpr milliseconds kLowerAgainWhenStuck{60000};

}  // namespace

void LaneMachine::OnArm(Arm::Event event, const Surroundings& around) {
  const Moment now = around.now;
  switch (event) {
    case Arm::Event::kReachedTop:
      Clear(cause::kBarrierDidNotMove, "raise");
      if (opening_ && opening_->stage == Opening::Stage::kRising) {
        opening_->stage = Opening::Stage::kUp;
        opening_->up_at = now.steady;
      }
      return;
    case Arm::Event::kReachedBottom:
      return OnArmDown(around);
    case Arm::Event::kDidNotRise:
      if (!opening_) return;
      if (opening_->resumed) return EndOpening(OpeningEnd::kNotExecuted);
      Raise(cause::kBarrierDidNotMove, "command", "raise");
      if (const auto it = sessions_.find(opening_->vehicle); it != sessions_.end()) {
        it->second.needs_officer = Cause{cause::kBarrierDidNotMove, {{"command", "raise"}}};
      }
      return EndOpening(OpeningEnd::kDidNotMove);
    case Arm::Event::kDidNotLower:
      if (lower_count_ >= kLowerTriesMax) Raise(cause::kBarrierDidNotMove, "command", "lower");
      return;
    case Arm::Event::kLost:
      return Raise(cause::kBarrierPositionUnknown);
    case Arm::Event::kFound:
      Clear(cause::kBarrierPositionUnknown);
      if (arm_.position() == ArmPosition::kDown) {
        if (Session* waiting = Waiting(); waiting != nullptr && opening_) {
          waiting->needs_officer = Cause{cause::kBarrierPositionUnknown, {}};
        }
        return OnArmDown(around);
      }
      if (opening_ && opening_->stage == Opening::Stage::kRising) {
        opening_->stage = Opening::Stage::kUp;
        opening_->up_at = now.steady;
      }
      return;
    case Arm::Event::kRoseByItself:
      if (!inputs_.emergency && !inputs_.hand_operation) Raise(cause::kArmWithoutCommand);
      return;
    case Arm::Event::kWentUpAgain:
      return;  // its own protection; LowerWhenClear waits until the lane is clear again
  }
}

void LaneMachine::OnArmDown(const Surroundings& around) {
  Clear(cause::kArmWithoutCommand);
  Clear(cause::kBarrierDidNotMove, "lower");
  Clear(cause::kTailgating);
  Clear(cause::kWrongWay);
  Clear(cause::kLoopUnproved);
  lower_count_ = 0;
  lower_sent_at_.reset();
  // Lowered by other hands before its vehicle went through.
  const bool was_up =
      opening_ && (opening_->stage == Opening::Stage::kUp || opening_->stage == Opening::Stage::kRising);
  if (was_up && !opening_->entered) EndUnused(OpeningEnd::kNotUsed, around);
}

// Since when nobody is where the arm comes down, and since when nobody is anywhere.
void LaneMachine::NotePresence(Moment now) {
  const bool clear = tracker_.Clear() && !inputs_.safety_loop && !inputs_.exit_loop;
  if (!clear) {
    clear_since_.reset();
  } else if (!clear_since_) {
    clear_since_ = now;
  }
  const bool arming_off = !tracker_.arming().on() && !inputs_.arming_loop;
  if (arming_off) arming_clear_at_ = now;
  const bool empty = clear && arming_off && arm_.position() == ArmPosition::kDown;
  if (!empty) {
    empty_since_.reset();
  } else if (!empty_since_) {
    empty_since_ = now;
  }
}

void LaneMachine::CheckLoops(Moment now) {
  const auto check = [&](const Loop& loop, const char* name, milliseconds limit) {
    const bool stuck = link_up_ && loop.on() && now.steady - loop.changed().steady > limit;
    if (stuck) {
      Raise(cause::kLoopStuck, "loop", name);
    } else {
      Clear(cause::kLoopStuck, name);
    }
  };
  check(tracker_.arming(), "arming", times_.arming_stuck);
  check(tracker_.safety(), "safety", times_.loop_stuck);
  check(tracker_.exit(), "exit", times_.loop_stuck);
  if (tracker_.exit().on()) Clear(cause::kLoopSilent, "exit");
}

// The arm is up and the vehicle does not drive: the opening ends, and an officer must look before another.
void LaneMachine::GiveUpWaiting(const Surroundings& around) {
  if (!opening_ || opening_->stage != Opening::Stage::kUp || opening_->entered) return;
  if (around.now.steady - opening_->up_at < times_.pass_wait || !tracker_.Clear()) return;
  if (const auto it = sessions_.find(opening_->vehicle); it != sessions_.end()) {
    it->second.needs_officer = Cause{cause::kDidNotDrive, {}};
  }
  EndUnused(OpeningEnd::kNotUsed, around);
}

void LaneMachine::LowerWhenClear(const Surroundings& around) {
  const SteadyInstant now = around.now.steady;
  const bool hands_off = inputs_.hand_operation || inputs_.controller_fault || inputs_.emergency ||
                         faults_.contains(cause::kEmergencyOpening);
  if (!link_up_ || hands_off || opening_ || arm_.position() != ArmPosition::kUp) return;
  if (!clear_since_ || now - clear_since_->steady < times_.clear_wait) return;
  if (!inputs_at_ || now - inputs_at_->steady > times_.inputs_age_max) return;
  if (!loops_believed_) return Raise(cause::kLoopUnproved);
  if (arm_.moving_on_command()) return;
  const milliseconds again = lower_count_ < kLowerTriesMax ? times_.lower_again : kLowerAgainWhenStuck;
  if (lower_sent_at_ && now - *lower_sent_at_ < again) return;
  lower_sent_at_ = now;  // until it is answered, and so that it is not asked for twice
  effects_.push_back(SendLower{});
}

void LaneMachine::ShowRightLight() {
  const bool up = opening_ && opening_->stage == Opening::Stage::kUp && !opening_->entered;
  // After a restart with the arm up whoever waits may be the next one already: red until a camera has told.
  const bool known = up && (!opening_->resumed || opening_->confirmed);
  const bool green = known && !Blocked();
  if (green == green_) return;
  green_ = green;
  effects_.push_back(ShowLight{green});
}

Effects LaneMachine::RaiseAnswered(Sent sent, const Surroundings& around) {
  if (!opening_ || opening_->stage != Opening::Stage::kSending) return Finish(around);
  if (sent == Sent::kNo) {
    EndOpening(OpeningEnd::kNotSent);
    return LinkLost(around);
  }
  arm_.Commanded(BarrierCommand::kRaise, around.now.steady);
  latch_believed_ = true;  // the pulse has set it back
  opening_->stage = Opening::Stage::kRising;
  opening_->sent_time = around.now.wall;
  return Finish(around);
}

Effects LaneMachine::LowerAnswered(Sent sent, const Surroundings& around) {
  lower_sent_at_ = around.now.steady;
  if (sent !=
      Sent::kNo) {  // otherwise somebody drove in at the last moment, or the poll will find the link broken
    ++lower_count_;
    arm_.Commanded(BarrierCommand::kLower, around.now.steady);
  }
  return Finish(around);
}

void LaneMachine::Complete(VehicleNumber vehicle, Moment left, std::vector<Cause> remarks,
                           const Surroundings& around) {
  const Session& session = SessionOf(vehicle, left);
  Passage passage;
  passage.id = ids_.New<Passage>("passage");
  passage.lane_id = info_.lane_id;
  passage.gate_id = info_.gate_id;
  passage.direction = info_.direction;
  passage.session_id = session.id;
  passage.arrive_time = session.arrive.wall;
  passage.leave_time = left.wall;
  if (opening_ && opening_->vehicle == vehicle) {
    const Decision& decision = opening_->decision;
    passage.kind = decision.by_lane() ? Passage::Kind::kAutomatic : Passage::Kind::kManual;
    passage.decision_id = decision.id;
    passage.trip_id = decision.trip_id;
    passage.ticket_id = decision.ticket_id;
    passage.plate = decision.plate;
    passage.evidence_id = decision.evidence_id;
    passage.weight_kg = decision.weight_kg;
    passage.open_time = opening_->sent_time;
    opening_.reset();
  } else {
    passage.remarks.push_back(session.unauthorised.value_or(Cause{cause::kTailgating, {}}));
    Identify(session, around, passage);
  }
  for (Cause& remark : remarks) passage.remarks.push_back(std::move(remark));
  if (!passage.trip_id.empty()) last_trip_id_ = passage.trip_id;
  LeaveTraces(session, passage.plate, true, around);
  effects_.push_back(KeepPassage{std::move(passage)});
  sessions_.erase(vehicle);
}

// Who it was that went through without a decision, as far as the cameras tell.
void LaneMachine::Identify(const Session& session, const Surroundings& around, Passage& passage) const {
  const Ballot::Candidate* leader = session.front.Leader();
  if (leader == nullptr) return;
  passage.plate = leader->best.plate;
  if (leader->picture.picture) passage.evidence_id = evidence_name_(*leader->picture.picture);
  if (leader->best.confidence < around.rule.confidence_min || session.front.Disputed()) return;
  const Known known = Find(leader->key, around);
  if (!known.expected || known.expected->passed_here || !known.claimed_by_lane.empty()) return;
  if (known.leased_elsewhere) return;
  // A clone of the truck it followed: the trip is that one's. The table may not have heard of it yet.
  const std::string& trip_id = known.expected->trip.trip_id;
  if (trip_id == last_trip_id_ || (opening_ && trip_id == opening_->decision.trip_id)) return;
  passage.trip_id = known.expected->trip.trip_id;
  if (known.expected->ticket) passage.ticket_id = known.expected->ticket->ticket_id;
}

}  // namespace bordergate::lane
