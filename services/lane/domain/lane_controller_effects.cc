// The part of the controller that carries out what the state machine wants.
#include <algorithm>
#include <utility>

#include "libs/plate/plate.h"
#include "services/lane/domain/lane_controller.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

// Records that wait for a broken disk. Far more than a lane makes in a day; the oldest passages are never
// dropped.
constexpr size_t kPendingMax = 100'000;
constexpr milliseconds kKeepAgainAfter{500};
constexpr char kActor[] = "service:lane";

std::chrono::microseconds Microseconds(SteadyInstant::duration span) {
  return std::chrono::duration_cast<std::chrono::microseconds>(span);
}

bool NothingWasSent(OpeningEnd how) { return how == OpeningEnd::kWithdrawn || how == OpeningEnd::kNotSent; }

}  // namespace

void LaneController::Do(Effects effects) {
  for (Effect& effect : effects) {
    std::visit([this](auto& one) { Perform(one); }, effect);
  }
}

void LaneController::Perform(KeepDecision& keep) {
  const Decision& decision = keep.decision;
  const bool opens = decision.verdict.outcome == Outcome::kOpen;
  const bool claims = opens && !decision.trip_id.empty();
  const SteadyInstant now = services_.clock.SteadyNow();
  if (claims && !services_.admission.Claim(decision.trip_id, settings_.info.lane_id, now, now + kClaimFor)) {
    // Another lane was faster by a moment. An officer's order stands; the lane's own does not.
    if (decision.by_lane()) return Do(machine_.ClaimRefused(decision.id, Around()));
  }
  Record record;
  record.events.push_back(NewEvent("decision.made", services_.bodies.Of(decision), decision.decide_time));
  record.events.back().basis = decision.basis;
  record.events.back().trace_id = decision.trace_id;
  if (!decision.by_lane()) record.events.back().actor = decision.decided_by;
  if (opens) record.opened = Record::Opened{decision, keep.arrive_time};
  const bool ordered = order_ != nullptr && !decision.by_lane();
  if (ordered) {
    order_->result = order_->answer(decision);
    record.answer = KeptAnswer{order_->key, order_->result, decision.decide_time};
  }
  const SteadyInstant append_at = services_.clock.SteadyNow();
  const Result<void> kept = services_.journal.Append(record);
  journal_took_ = Microseconds(services_.clock.SteadyNow() - append_at);
  if (!kept) {
    services_.observer.OnJournalError(settings_.info.lane_id, kept.error());
    if (claims) services_.admission.Release(decision.trip_id, settings_.info.lane_id);
    if (ordered) order_->error = kept.error();
    return Do(machine_.DecisionNotKept(decision.id, Around()));
  }
  aftermath_.announce = true;
  Do(machine_.DecisionKept(decision.id, Around()));
  if (keep.picture) aftermath_.pictures.emplace_back(decision.evidence_id, keep.picture);
  services_.observer.OnDecision(decision);
}

void LaneController::Perform(const SendRaise&) {
  const SteadyInstant sent_at = services_.clock.SteadyNow();
  const Sent sent = barrier_.Raise();
  const SteadyInstant answered_at = services_.clock.SteadyNow();
  const PulseTimes times{.total = Microseconds(answered_at - event_start_),
                         .waited = Microseconds(begun_at_ - event_start_),
                         .journal = journal_took_,
                         .barrier = Microseconds(answered_at - sent_at)};
  Do(machine_.RaiseAnswered(sent, Around()));
  services_.observer.OnPulse(settings_.info.lane_id, sent, times);
}

void LaneController::Perform(const SendLower&) {
  Do(machine_.LowerAnswered(barrier_.RequestLower(), Around()));
}

void LaneController::Perform(const ShowLight& light) {
  green_ = light.green;
  barrier_.ShowLight(light.green);
}

void LaneController::Perform(KeepPassage& keep) {
  Passage& passage = keep.passage;
  if (!passage.trip_id.empty()) services_.admission.Passed(passage.trip_id, passage.leave_time);
  if (!passage.plate.empty()) {
    services_.admission.Crossed(PlateKey(passage.plate), passage.direction, passage.leave_time);
  }
  CountPassage(passage.leave_time);
  services_.observer.OnPassage(passage);
  Record record;
  record.events.push_back(NewEvent("passage.completed", services_.bodies.Of(passage), passage.leave_time));
  record.passage = std::move(passage);
  KeepLater(std::move(record));
}

void LaneController::Perform(const CloseOpening& close) {
  if (!close.trip_id.empty()) services_.admission.Release(close.trip_id, settings_.info.lane_id);
  if (order_ != nullptr && NothingWasSent(close.how)) {
    order_->error =
        Error(kBarrierUnreachable, "the decision was recorded, and nothing was sent to the barrier");
  }
  Record record;
  record.closed = close;
  KeepLater(std::move(record));
}

void LaneController::Perform(const NoteEntered& note) {
  Record record;
  record.entered = note;
  KeepLater(std::move(record));
}

void LaneController::Perform(const NoteLoops& note) {
  Record record;
  record.loops = note;
  KeepLater(std::move(record));
}

void LaneController::Perform(const FaultRaised& fault) {
  services_.observer.OnFault(settings_.info.lane_id, fault.fault, true);
  const Moment now = NowOf(services_.clock);
  Record record;
  record.events.push_back(NewEvent("lane.fault_raised", services_.bodies.Of(ViewAt(now)), now.wall));
  KeepLater(std::move(record));
}

void LaneController::Perform(const FaultCleared& fault) {
  services_.observer.OnFault(settings_.info.lane_id, fault.fault, false);
  const Moment now = NowOf(services_.clock);
  Record record;
  record.events.push_back(NewEvent("lane.fault_cleared", services_.bodies.Of(ViewAt(now)), now.wall));
  KeepLater(std::move(record));
}

JournalEvent LaneController::NewEvent(std::string kind, std::string body, Instant time) const {
  return {std::move(kind), settings_.info.lane_id, kActor, {}, time, std::move(body), {}};
}

void LaneController::KeepLater(Record record) {
  if (pending_.size() >= kPendingMax) {
    const auto other =
        std::find_if(pending_.begin(), pending_.end(), [](const Record& r) { return !r.passage; });
    if (other == pending_.end()) return;
    pending_.erase(other);
  }
  pending_.push_back(std::move(record));
}

void LaneController::KeepPending() {
  if (keep_again_at_ && event_start_ < *keep_again_at_) return;
  keep_again_at_.reset();
  while (!pending_.empty()) {
    const Result<void> kept = services_.journal.Append(pending_.front());
    if (!kept) {
      services_.observer.OnJournalError(settings_.info.lane_id, kept.error());
      keep_again_at_ = event_start_ + kKeepAgainAfter;
      return;
    }
    aftermath_.announce = true;
    pending_.pop_front();
  }
}

void LaneController::CountPassage(Instant now) {
  const auto day = std::chrono::floor<std::chrono::days>(now + settings_.info.utc_offset);
  if (day != today_) passages_today_ = 0;
  today_ = day;
  ++passages_today_;
}

}  // namespace bordergate::lane
