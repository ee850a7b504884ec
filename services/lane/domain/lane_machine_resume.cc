// The part of the machine that goes on with an opening after nobody watched: the program was away, or the
// controller was silent.
#include <algorithm>
#include <utility>

#include "libs/plate/plate.h"
#include "services/lane/domain/identify.h"
#include "services/lane/domain/lane_machine.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {

void LaneMachine::Resume(const LaneMemory& memory, Moment now) {
  if (memory.last_decision) last_decision_ = std::make_shared<const Decision>(*memory.last_decision);
  state_since_ = now.wall;
  loops_noted_ = !memory.loops_unproved;
  if (!memory.opening) return;
  // The pulse may have been sent or not; the switches will tell, within the arm's travel time after the
  // decision.
  const Decision& decision = memory.opening->decision;
  const auto age = std::max(now.wall - decision.decide_time, std::chrono::microseconds(0));
  Opening opening;
  opening.decision = decision;
  opening.stage = Opening::Stage::kRising;
  opening.decided_at = opening.up_at = now.steady - age;
  opening.sent_time = decision.decide_time;
  opening.arrive_time = memory.opening->arrive_time;
  opening.entered = opening.noted_entered = memory.opening->entered;
  opening.resumed = true;
  arm_.Commanded(BarrierCommand::kRaise, opening.decided_at);
  opening_ = std::move(opening);
}

// The controller was silent for longer than a vehicle needs to move on: what was known of the vehicles is
// forgotten.
void LaneMachine::OnLinkBack(const Surroundings& around) {
  const bool nobody_inside = !inputs_.safety_loop && !inputs_.exit_loop;
  if (!nobody_inside && !opening_) return;  // whoever was inside is taken to be there still
  for (const VehicleNumber vehicle : tracker_.Forget()) {
    const bool of_opening = opening_ && opening_->vehicle == vehicle;
    if (!of_opening) Complete(vehicle, around.now, {{cause::kPresumedPassed, {}}}, around);
  }
  sessions_.clear();
  if (opening_) ResumeOpening(around);
}

// The program starts, or the controller was silent for long, with an opening under way: whoever is in the
// lane now is perhaps its vehicle.
void LaneMachine::ResumeOpening(const Surroundings& around) {
  const bool was_inside = opening_->entered;
  opening_->resumed = true;
  opening_->entered = opening_->confirmed = false;
  opening_->vehicle = 0;
  if (arm_.position() == ArmPosition::kDown) {
    if (was_inside) return NobodyLeft() ? EndOpening(OpeningEnd::kWentBack) : PresumePassed(around);
    opening_->confirmed = true;  // nobody passes a closed arm
    return;                      // Arm::kDidNotRise or OnArrived goes on from here
  }
  const auto adopted = tracker_.Adopt(inputs_, around.now);
  if (arm_.position() == ArmPosition::kUp && opening_->stage == Opening::Stage::kRising) {
    opening_->stage = Opening::Stage::kUp;
    opening_->up_at = around.now.steady;
  }
  if (adopted) {
    Session& session = SessionOf(*adopted, around.now);
    session.id = opening_->decision.session_id;
    session.arrive.wall = opening_->arrive_time;
    opening_->vehicle = *adopted;
    SetEntered(true);
    return;
  }
  const bool recent = around.now.steady - opening_->decided_at <= times_.pass_wait;
  if (was_inside || !inputs_.arming_loop || !recent) return EndUnseen(around);
  // Whoever waits may still be its vehicle. Until a camera tells, the next run believes the exit.
  if (SomebodyLeft()) TellNextRun(true);
}

// The controller remembers that nobody has been on the exit loop since the pulse.
bool LaneMachine::NobodyLeft() const { return latch_believed_ && inputs_.exit_latch == false; }
bool LaneMachine::SomebodyLeft() const { return latch_believed_ && inputs_.exit_latch == true; }

// The vehicle of a resumed opening is on no loop. It has left, or backed out, or stands between two loops:
// the next one will tell.
void LaneMachine::EndUnseen(const Surroundings& around) {
  if (!NobodyLeft()) return PresumePassed(around);
  unseen_since_ = around.now.steady;
}

void LaneMachine::ResolveUnseen(const Surroundings& around) {
  if (!unseen_since_ || !link_up_) return;
  if (!opening_ || opening_->vehicle != 0) return unseen_since_.reset();  // it was seen
  const bool nobody_left = NobodyLeft();
  if (nobody_left && around.now.steady - *unseen_since_ < times_.loops.exit_wait) return;
  unseen_since_.reset();
  if (!nobody_left) return PresumePassed(around);
  EndOpening(OpeningEnd::kWentBack);
}

// After a restart with the arm up, the vehicle on the arming loop may be the next one already.
void LaneMachine::CheckResumedVehicle(const Surroundings& around) {
  if (!opening_ || !opening_->resumed || opening_->entered || arm_.position() == ArmPosition::kDown) return;
  if (!tracker_.waiting() || opening_->vehicle != *tracker_.waiting()) return;
  Session& session = *Waiting();
  const Ballot::Candidate* leader = session.front.Leader();
  if (leader == nullptr || leader->best.confidence < around.rule.confidence_min || session.front.Disputed())
    return;
  if (opening_->decision.plate.empty()) return;
  const std::string let_in = PlateKey(opening_->decision.plate);
  opening_->confirmed = leader->key == let_in;
  if (opening_->confirmed) TellNextRun(false);
  // One wrong character may be the same vehicle read wrongly.
  if (opening_->confirmed || !DifferClearly(leader->key, let_in)) return;
  opening_->vehicle = 0;
  session.id = ids_.New("session");
  session.arrive = around.now;
  if (NobodyLeft()) return EndOpening(OpeningEnd::kWentBack);
  PresumePassed(around);
}

// Who stood before the open arm did not drive. After a restart that may have been the next vehicle already,
// and no camera has told: then the one before has passed, unless the controller remembers that nobody left.
void LaneMachine::EndUnused(OpeningEnd how, const Surroundings& around) {
  const bool perhaps_the_next = opening_->resumed && !opening_->confirmed;
  if (perhaps_the_next && !NobodyLeft()) return PresumePassed(around);
  EndOpening(how);
}

// The vehicle of an opening went through while nobody watched.
void LaneMachine::PresumePassed(const Surroundings& around) {
  Session gone;
  gone.id = opening_->decision.session_id;
  gone.arrive.wall = opening_->arrive_time;
  constexpr VehicleNumber kNobody = 0;  // a number that no vehicle gets
  sessions_.insert_or_assign(kNobody, std::move(gone));
  opening_->vehicle = kNobody;
  Complete(kNobody, around.now, {{cause::kPresumedPassed, {}}}, around);
  // As after any passage, a while until the arm is lowered: a run that finds it down would take an opening
  // that the journal still has for one that was not used.
  clear_since_.reset();
}

void LaneMachine::TellNextRun(bool entered) {
  if (std::exchange(opening_->noted_entered, entered) == entered) return;
  effects_.push_back(NoteEntered{opening_->decision.id, entered});
}

}  // namespace bordergate::lane
