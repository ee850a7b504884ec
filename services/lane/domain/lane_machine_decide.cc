// The part of the machine that identifies and decides.
#include <utility>

#include "services/lane/domain/lane_machine.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

// More decisions on one vehicle say nothing more; an opening is never left out.
constexpr int kDecisionsMax = 20;
constexpr size_t kEarlyReadsMax = 16;
constexpr milliseconds kKeepAgainAfter{1000};

// What a decision is shown with.
struct Evidence {
  std::shared_ptr<const std::string> picture;
  std::vector<float> corners;
};

// What an officer is asked to look at first: the ballots whose word the verdict rests on, if it is not the
// front's.
std::vector<const Ballot*> DisputedBallots(const Session& session, const Verdict& verdict) {
  if (verdict.outcome == Outcome::kOpen || verdict.causes.empty()) return {};
  const std::string& code = verdict.causes.front().code;
  if (code == cause::kContainerMismatch) return {&session.containers};
  if (code == cause::kTrailerMismatch) return {&session.trailers};
  if (code == cause::kRearPlateMismatch) return {&session.rear, &session.beside};
  return {};
}

// The best picture of what the verdict rests on, else of the plate, else of the slip, else of what further
// cameras saw.
Evidence EvidenceOf(const Session& session, const Verdict& verdict) {
  const auto best = [](const std::vector<const Ballot*>& ballots) -> Evidence {
    for (const Ballot* ballot : ballots) {
      const Ballot::Candidate* leader = ballot->Leader();
      if (leader != nullptr && leader->picture.picture)
        return {leader->picture.picture, leader->picture.corners};
    }
    return {};
  };
  if (Evidence evidence = best(DisputedBallots(session, verdict)); evidence.picture) return evidence;
  if (Evidence evidence = best({&session.front}); evidence.picture) return evidence;
  if (session.slip && session.slip->picture) return {session.slip->picture, {}};
  return best({&session.rear, &session.beside, &session.trailers, &session.containers});
}

// The trip has crossed, is crossing in another lane at this moment, or may cross at another program alone.
bool IsUsedElsewhere(const Known& known) {
  if (!known.claimed_by_lane.empty() || known.leased_elsewhere) return true;
  if (!known.expected) return false;
  const Expected& expected = *known.expected;
  return expected.passed_here || expected.trip.state == TripFacts::State::kCrossed ||
         (expected.ticket && expected.ticket->state == TicketFacts::State::kPassed);
}

}  // namespace

Effects LaneMachine::SeeRead(const PlateRead& read, const Surroundings& around, ReadUse& use) {
  const bool names = read.position == CameraPosition::kFront && read.of != ReadOf::kContainer;
  if (!names) return SeeFurther(read, around, use);
  const Moment now = around.now;
  const bool believable = IsBelievable(read.frame_time, now);
  Session* session = Waiting();
  use = ReadUse::kTooOld;
  if (believable && session == nullptr) {
    use = ReadUse::kNoSession;
    if (early_reads_.size() == kEarlyReadsMax) early_reads_.pop_front();
    early_reads_.push_back(read);
  } else if (believable && BindRead(read, now, *session)) {
    use = ReadUse::kTaken;
    CheckResumedVehicle(around);
  }
  if (use != ReadUse::kTaken) return {};
  return Finish(around);
}

// True when the frame shows the vehicle of this session.
bool LaneMachine::BindRead(const PlateRead& read, Moment now, Session& session) {
  if (!session.Shows(read.frame_time, now)) return false;
  session.BallotOf(read).Add(read);
  if (!session.first_read) session.first_read = now.steady;
  return true;
}

Verdict LaneMachine::VerdictFor(const Session& session, const Facts& facts,
                                const Surroundings& around) const {
  Verdict verdict = Decide(facts, around.rule, around.now.wall);
  if (session.needs_officer && verdict.outcome == Outcome::kOpen)
    return {Outcome::kAsk, {*session.needs_officer}};
  return verdict;
}

void LaneMachine::DecideWaiting(const Surroundings& around) {
  const SteadyInstant now = around.now.steady;
  Session* session = Waiting();
  if (session == nullptr || session->officer_refused || opening_ || Blocked()) return;
  if (arm_.position() != ArmPosition::kDown || !inputs_at_ ||
      now - inputs_at_->steady > times_.inputs_age_max)
    return;
  if (keep_again_at_ && now < *keep_again_at_) return;
  if (!inputs_.arming_loop) return;  // it may be on its way out; the loop's gap time will tell

  const Facts facts = FactsOf(*session, around, "");
  if (!facts.read && now - session->arrive.steady < times_.identify_timeout) return;
  const bool settled = !facts.read || now - *session->first_read >= times_.settle;
  if (facts.by_slip && !settled) return;                       // the next frames may be sure of another plate
  if (RestsOnWitness(facts, around.rule) && !settled) return;  // the same
  Verdict verdict = VerdictFor(*session, facts, around);
  if (verdict.outcome == Outcome::kOpen) {
    if (AwaitsWitness(*session, facts, around)) return;
    StartOpening(NewDecision(*session, facts, std::move(verdict), around), false, around);
    return;
  }
  if (!settled) return;  // more frames may say more
  if (AwaitsWeight(*session, verdict, around.now)) return;
  const bool said =
      session->decision && session->decision->verdict == verdict && session->decision->plate == facts.plate;
  if (said || session->decision_count >= kDecisionsMax) return;
  Record(*session, NewDecision(*session, facts, std::move(verdict), around));
}

Decision LaneMachine::NewDecision(const Session& session, const Facts& facts, Verdict verdict,
                                  const Surroundings& around) {
  Decision decision;
  decision.id = ids_.New<Decision>("decision");
  decision.lane_id = info_.lane_id;
  decision.session_id = session.id;
  decision.verdict = std::move(verdict);
  decision.plate = facts.plate;
  decision.confidence = facts.confidence;
  if (facts.known.expected) {
    decision.trip_id = facts.known.expected->trip.trip_id;
    if (facts.known.expected->ticket) decision.ticket_id = facts.known.expected->ticket->ticket_id;
  }
  decision.decide_time = around.now.wall;
  decision.expire_time = around.now.wall + times_.decision_valid;
  decision.rule_version = around.rule.version;
  if (facts.weight.state == ScaleState::kStable) decision.weight_kg = facts.weight.kg;
  if (facts.known.expected && facts.known.expected->trip.empty)
    decision.expected_weight_kg = facts.known.empty_kg;
  decision.basis = BasisOf(facts, around.rule);
  if (Evidence evidence = EvidenceOf(session, decision.verdict); evidence.picture) {
    decision.evidence_id = evidence_name_(*evidence.picture);
    decision.plate_corners = std::move(evidence.corners);
  }
  return decision;
}

void LaneMachine::Record(Session& session, Decision decision) {
  last_decision_ = std::make_shared<const Decision>(decision);
  session.decision = decision;
  ++session.decision_count;
  const auto picture = EvidenceOf(session, decision.verdict).picture;
  effects_.push_back(KeepDecision{std::move(decision), picture, session.arrive.wall});
}

void LaneMachine::StartOpening(Decision decision, bool acknowledged, const Surroundings& around) {
  Session& session = *Waiting();
  Opening opening;
  opening.decision = decision;
  opening.vehicle = *tracker_.waiting();
  opening.watch_list_acknowledged = acknowledged;
  opening.decided_at = around.now.steady;
  opening.arrive_time = session.arrive.wall;
  opening_ = std::move(opening);
  Record(session, std::move(decision));
}

void LaneMachine::EndOpening(OpeningEnd how) {
  effects_.push_back(CloseOpening{opening_->decision.id, opening_->decision.trip_id, how});
  opening_.reset();
}

// The last look before the pulse: facts may have changed while the disk was busy.
bool LaneMachine::MayStillOpen(const Surroundings& around) {
  const Opening& opening = *opening_;
  const bool there = tracker_.waiting() == opening.vehicle && inputs_.arming_loop;
  if (!there || Blocked() || arm_.position() != ArmPosition::kDown) return false;
  if (around.now.wall >= opening.decision.expire_time) return false;
  Session& session = *Waiting();
  if (!opening.decision.by_lane()) {
    const Facts facts = FactsOf(session, around, opening.decision.plate);
    return around.mode != Mode::kClosed && (facts.known.watched.empty() || opening.watch_list_acknowledged);
  }
  if (around.now.steady - opening.decided_at > times_.decision_deadline) {
    session.needs_officer = Cause{cause::kDecisionLate, {}};
    return false;
  }
  return VerdictFor(session, FactsOf(session, around, ""), around).outcome == Outcome::kOpen;
}

Effects LaneMachine::DecisionKept(const Id<Decision>& id, const Surroundings& around) {
  keep_again_at_.reset();
  Clear(cause::kJournalUnavailable);
  if (opening_ && opening_->decision.id == id && opening_->stage == Opening::Stage::kRecording) {
    if (MayStillOpen(around)) {
      opening_->stage = Opening::Stage::kSending;
      effects_.push_back(SendRaise{id});
      UpdateState(around.now);
      return std::exchange(effects_, {});  // the pulse first, everything else after it
    }
    EndOpening(OpeningEnd::kWithdrawn);
  }
  return Finish(around);
}

Effects LaneMachine::DecisionNotKept(const Id<Decision>& id, const Surroundings& around) {
  keep_again_at_ = around.now.steady + kKeepAgainAfter;
  Raise(cause::kJournalUnavailable);
  if (opening_ && opening_->decision.id == id) opening_.reset();
  for (auto& [vehicle, session] : sessions_) {
    if (session.decision && session.decision->id == id) session.decision.reset();
  }
  return Finish(around);
}

Effects LaneMachine::ClaimRefused(const Id<Decision>& id, const Surroundings& around) {
  if (opening_ && opening_->decision.id == id) opening_.reset();
  for (auto& [vehicle, session] : sessions_) {
    if (session.decision && session.decision->id == id) session.decision.reset();
  }
  return Finish(around);
}

Result<Effects> LaneMachine::OfficerOpens(const OfficerOpening& command, const Surroundings& around) {
  if (around.mode == Mode::kClosed) return Error(kLaneClosed, "the lane is closed by hand");
  const bool meant_is_opening =
      opening_ && (command.session_id.empty() || command.session_id == opening_->decision.session_id);
  if (meant_is_opening) return Error(kLaneBusy, "an opening is under way");
  Session* session = Waiting();
  if (session == nullptr || (!command.session_id.empty() && session->id != command.session_id)) {
    return Error(kSessionOver, "the vehicle that was meant is not at the barrier any more");
  }
  const bool unreachable = Blocked() || inputs_.hand_operation;
  if (opening_ || (!unreachable && arm_.position() != ArmPosition::kDown)) {
    return Error(kLaneBusy, "the arm is not down yet");
  }
  Facts facts = FactsOf(*session, around, command.plate);
  if (facts.plate.empty()) {
    return Error(kInvalidField, "plate is required: no camera has read one")
        .WithField({"plate", "FIELD_REQUIRED", "is required: no camera has read one"});
  }
  if (!facts.known.watched.empty() && !command.watch_list_acknowledged) {
    const Known::Watched& watched = facts.known.watched.front();
    return Error(kWatchListed, "the plate is on the watch list, or looks like one that is")
        .With("watch_list_entry_id", watched.entry_id)
        .With("plate", watched.plate);
  }
  if (unreachable) return Error(kBarrierUnreachable, "the barrier's controller is not ready for a command");
  if (!inputs_.arming_loop) return Error(kSessionOver, "nobody stands on the arming loop at this moment");

  // What the officer overrules stands after the officer's own reason.
  Verdict verdict{Outcome::kOpen, {{command.reason_code, {}}}};
  const Verdict overruled = Decide(facts, around.rule, around.now.wall);
  for (const Cause& why : overruled.causes) {
    const bool by_mode = why.code == cause::kManualMode || why.code == cause::kConfirmNeeded;
    if (why.code != cause::kAllCleared && !by_mode) verdict.causes.push_back(why);
  }
  Decision decision = NewDecision(*session, facts, std::move(verdict), around);
  decision.decided_by = command.officer_id;
  decision.decided_by_name = command.officer_name;
  decision.remark = command.remark;
  decision.trace_id = command.trace_id;
  if (IsUsedElsewhere(facts.known)) {  // the vehicle may pass; its trip and ticket are used once
    decision.trip_id.clear();
    decision.ticket_id.clear();
  }
  StartOpening(std::move(decision), command.watch_list_acknowledged, around);
  session->officer_refused = false;
  return Finish(around);
}

Result<Effects> LaneMachine::OfficerRefuses(const OfficerRefusal& command, const Surroundings& around) {
  const bool meant_is_opening =
      opening_ && (command.session_id.empty() || command.session_id == opening_->decision.session_id);
  if (meant_is_opening) return Error(kLaneBusy, "an opening is under way");
  Session* session = Waiting();
  if (session == nullptr || (!command.session_id.empty() && session->id != command.session_id)) {
    return Error(kSessionOver, "the vehicle that was meant is not at the barrier any more");
  }
  const Facts facts = FactsOf(*session, around, "");
  Decision decision =
      NewDecision(*session, facts, Verdict{Outcome::kRefuse, {{command.reason_code, {}}}}, around);
  decision.decided_by = command.officer_id;
  decision.decided_by_name = command.officer_name;
  decision.remark = command.remark;
  decision.trace_id = command.trace_id;
  session->officer_refused = true;
  Record(*session, std::move(decision));
  return Finish(around);
}

}  // namespace bordergate::lane
