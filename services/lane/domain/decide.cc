#include "services/lane/domain/decide.h"

#include <algorithm>
#include <cstdlib>

#include "libs/plate/plate.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

// Gathers causes; the strictest outcome wins, except that nothing is stricter than sending for an officer at
// once.
class Findings {
 public:
  void Refuse(Cause why) {
    refused_ = true;
    causes_.push_back(std::move(why));
  }
  void Ask(Cause why) {
    asked_ = true;
    causes_.push_back(std::move(why));
  }
  void SendForOfficer(Cause why) {
    officer_ = true;
    causes_.push_back(std::move(why));
  }

  Verdict Done() && {
    if (officer_) return {Outcome::kAsk, std::move(causes_)};
    if (refused_) return {Outcome::kRefuse, std::move(causes_)};
    if (asked_) return {Outcome::kAsk, std::move(causes_)};
    return {Outcome::kOpen, {{cause::kAllCleared, {}}}};
  }

 private:
  bool refused_ = false;
  bool asked_ = false;
  bool officer_ = false;
  std::vector<Cause> causes_;
};

const char* HintOf(Witness::Kind kind) {
  switch (kind) {
    case Witness::Kind::kRear:
      return cause::kRearPlateSeen;
    case Witness::Kind::kTag:
      return cause::kTagHeard;
    case Witness::Kind::kTrailer:
      return cause::kTrailerSeen;
    case Witness::Kind::kContainer:
      return cause::kContainerSeen;
  }
  return "";
}

const char* ConfirmationOf(Witness::Kind kind) {
  switch (kind) {
    case Witness::Kind::kRear:
      return cause::kConfirmedByRear;
    case Witness::Kind::kTag:
      return cause::kConfirmedByTag;
    case Witness::Kind::kTrailer:
      return cause::kConfirmedByTrailer;
    case Witness::Kind::kContainer:
      return cause::kConfirmedByContainer;
  }
  return "";
}

void CheckWitnesses(const Facts& facts, Findings& findings) {
  for (const Witness& one : facts.witnesses) {
    if (one.says != Witness::Says::kOther) continue;
    const bool tag = one.kind == Witness::Kind::kTag;
    findings.SendForOfficer({tag ? cause::kTagMismatch : cause::kRearPlateMismatch,
                             {{"expected", facts.plate}, {"seen", one.plate}}});
  }
}

void CheckRead(const Facts& facts, const CheckpointRule& rule, Instant now, Findings& findings) {
  for (const Known::Watched& watched : facts.known.watched) {
    findings.SendForOfficer(
        {watched.exact ? cause::kWatchListed : cause::kWatchListLookAlike,
         {{"watch_list_entry_id", watched.entry_id}, {"plate", watched.plate}, {"cause", watched.cause}}});
  }
  if (facts.slip_fault == cause::kSlipForged) findings.SendForOfficer({facts.slip_fault, {}});
  if (facts.disagree) {
    findings.SendForOfficer(
        {cause::kSlipPlateMismatch, {{"expected", facts.slip->plate}, {"seen", facts.plate}}});
  }
  CheckWitnesses(facts, findings);
  if (facts.by_slip || RestsOnWitness(facts, rule)) return;
  if (!facts.read) {
    findings.SendForOfficer({cause::kNoRead, {}});
  } else if (facts.disputed || facts.confidence < rule.confidence_min) {
    findings.SendForOfficer({cause::kReadUnsure, {{"plate", facts.plate}}});
  } else {
    return;
  }
  for (const Witness& one : facts.witnesses) {
    if (one.says == Witness::Says::kHint) findings.SendForOfficer({HintOf(one.kind), {{"plate", one.plate}}});
  }
  // Why the slip did not help.
  if (!facts.slip_fault.empty() && facts.slip_fault != cause::kSlipForged) {
    findings.SendForOfficer({facts.slip_fault, {}});
  } else if (facts.slip && !facts.disagree) {
    const std::string fault = SlipFault(*facts.slip, facts.gate_id, facts.direction, now);
    if (!fault.empty()) findings.SendForOfficer({fault, {{"trip_id", facts.slip->trip_id}}});
  }
}

// Paper says of which truck a trip is, not that the trip is still to cross.
void CheckSlipsTrip(const Facts& facts, Findings& findings) {
  const std::string& named = facts.slip->trip_id;
  if (!facts.known.expected) {
    findings.Ask({cause::kSlipTripUnknown, {{"trip_id", named}}});
  } else if (facts.known.expected->trip.trip_id != named) {
    findings.Ask(
        {cause::kSlipOtherTrip, {{"expected", facts.known.expected->trip.trip_id}, {"trip_id", named}}});
  }
}

void CheckHours(const Facts& facts, const CheckpointRule& rule, Instant now, Findings& findings) {
  if (IsOpenAt(rule.opening_hours, now, facts.utc_offset)) return;
  findings.Refuse(
      {cause::kOutsideHours, {{"next_opening", NextOpening(rule.opening_hours, now, facts.utc_offset)}}});
}

// A guest on its way home: a vehicle of the other country at the way out, an own one at the way in.
void CheckStay(const Facts& facts, const CheckpointRule& rule, Instant now, Findings& findings) {
  if (rule.stay_max_h == 0 || !facts.known.came_time) return;
  if (now - *facts.known.came_time <= std::chrono::hours(rule.stay_max_h)) return;
  const auto plate = ParsePlate(facts.plate);
  if (!plate) return;
  const bool own = plate->country == PlateCountry::kVietnam;
  if (own != (facts.direction == Direction::kImport)) return;
  findings.Ask(
      {cause::kStayExceeded,
       {{"came_time", FormatInstant(*facts.known.came_time)}, {"limit_h", std::to_string(rule.stay_max_h)}}});
}

void CheckPermit(const Facts& facts, Instant now, Findings& findings) {
  const auto& last_day = facts.known.permit_last_day;
  if (!last_day) return findings.Refuse({cause::kPermitMissing, {}});
  const auto today = std::chrono::floor<std::chrono::days>(now + facts.utc_offset);
  if (today > *last_day) findings.Refuse({cause::kPermitExpired, {{"last_day", FormatDay(*last_day)}}});
}

void CheckVehicle(const Facts& facts, const Expected& expected, Findings& findings) {
  const TripFacts& trip = expected.trip;
  if (trip.gate_id != facts.gate_id) findings.Refuse({cause::kWrongGate, {{"gate_id", trip.gate_id}}});
  if (trip.direction != facts.direction) findings.Refuse({cause::kWrongDirection, {}});
  if (trip.state == TripFacts::State::kCancelled) findings.Refuse({cause::kTripCancelled, {}});
  const bool ticket_used = expected.ticket && expected.ticket->state == TicketFacts::State::kPassed;
  if (trip.state == TripFacts::State::kCrossed || expected.passed_here || ticket_used) {
    findings.Ask({cause::kTripAlreadyCrossed, {{"trip_id", trip.trip_id}}});
  }
  if (!facts.known.claimed_by_lane.empty()) {
    findings.Ask({cause::kPlateInTwoLanes, {{"lane_id", facts.known.claimed_by_lane}}});
  }
  if (facts.known.leased_elsewhere) findings.Ask({cause::kLeasedElsewhere, {{"trip_id", trip.trip_id}}});
  const auto compare = [&](const char* code, const std::string& seen, const std::string& declared) {
    if (!seen.empty() && seen != declared) findings.Ask({code, {{"expected", declared}, {"seen", seen}}});
  };
  compare(cause::kTrailerMismatch, facts.trailer_key, trip.trailer_key);
  if (trip.container_number)
    compare(cause::kContainerMismatch, facts.container_number, *trip.container_number);
}

// Empty trucks come back with what nobody declared: the scale is the witness.
void CheckWeight(const Facts& facts, const CheckpointRule& rule, Findings& findings) {
  if (rule.weight_tolerance_kg == 0 || !facts.known.expected->trip.empty) return;
  if (facts.weight.state == ScaleState::kSilent) return findings.Ask({cause::kScaleSilent, {}});
  if (facts.weight.state != ScaleState::kStable) {
    return findings.Ask(
        {cause::kWeightNotStable, {{"scale_state", std::string(ScaleStateName(facts.weight.state))}}});
  }
  const std::string weight = std::to_string(facts.weight.kg);
  if (facts.known.empty_kg == 0) return findings.Ask({cause::kTareUnknown, {{"weight_kg", weight}}});
  if (std::abs(facts.weight.kg - facts.known.empty_kg) <= rule.weight_tolerance_kg) return;
  findings.Ask({cause::kWeightMismatch,
                {{"weight_kg", weight},
                 {"expected_kg", std::to_string(facts.known.empty_kg)},
                 {"tolerance_kg", std::to_string(rule.weight_tolerance_kg)}}});
}

void CheckCall(const Expected& expected, Instant now, Findings& findings) {
  if (!expected.ticket || expected.ticket->state == TicketFacts::State::kClosed) {
    return findings.Refuse({cause::kNotCheckedIn, {}});
  }
  const TicketFacts& ticket = *expected.ticket;
  if (ticket.state == TicketFacts::State::kWaiting) {
    findings.Refuse({cause::kNotCalled, {{"ticket_id", ticket.ticket_id}}});
  } else if (ticket.state == TicketFacts::State::kCalled && now >= ticket.call_expire_time) {
    findings.Refuse({cause::kCallExpired, {{"ticket_id", ticket.ticket_id}}});
  }
}

void CheckDemands(const Expected& expected, const CheckpointRule& rule, Instant now, Findings& findings) {
  const TripFacts& trip = expected.trip;
  for (const std::string& step : trip.steps_held) findings.Refuse({cause::kStepHeld, {{"step_id", step}}});
  if (rule.cleared_required) {
    for (const std::string& step : trip.steps_missing) {
      findings.Refuse({cause::kStepNotConfirmed, {{"step_id", step}}});
    }
    // A trip whose steps are not known to be confirmed is not cleared, whatever the list says.
    const bool open = trip.state == TripFacts::State::kDeclared || trip.state == TripFacts::State::kHeld;
    if (open && trip.steps_missing.empty() && trip.steps_held.empty()) {
      findings.Refuse({cause::kStepNotConfirmed, {}});
    }
  }
  if (rule.fee_required && !expected.fee_settled) findings.Refuse({cause::kFeeNotSettled, {}});
  if (rule.call_required) CheckCall(expected, now, findings);
}

void CheckMode(const Facts& facts, Instant now, Findings& findings) {
  switch (facts.mode) {
    case Mode::kAuto:
    case Mode::kClosed:  // refused before
      return;
    case Mode::kLocal: {
      const auto& expected = facts.known.expected;
      const bool called = expected && expected->ticket &&
                          expected->ticket->state == TicketFacts::State::kCalled &&
                          now < expected->ticket->call_expire_time;
      if (!called) findings.Ask({cause::kLocalWithoutCall, {}});
      return;
    }
    case Mode::kConfirm:
      return findings.Ask({cause::kConfirmNeeded, {}});
    case Mode::kManual:
      return findings.SendForOfficer({cause::kManualMode, {}});
  }
}

void AddConfirmations(const Facts& facts, Verdict& verdict) {
  for (const Witness& one : facts.witnesses) {
    if (one.says != Witness::Says::kSame) continue;
    verdict.causes.push_back(
        {ConfirmationOf(one.kind), {{"seen", facts.as_read.empty() ? facts.plate : facts.as_read}}});
  }
}

}  // namespace

Verdict Decide(const Facts& facts, const CheckpointRule& rule, Instant now) {
  if (facts.mode == Mode::kClosed) return {Outcome::kRefuse, {{cause::kLaneClosedByHand, {}}}};
  Findings findings;
  CheckRead(facts, rule, now, findings);
  CheckHours(facts, rule, now, findings);
  CheckStay(facts, rule, now, findings);
  if (facts.by_slip) CheckSlipsTrip(facts, findings);
  if (facts.known.expected) {
    CheckVehicle(facts, *facts.known.expected, findings);
    CheckWeight(facts, rule, findings);
    CheckDemands(*facts.known.expected, rule, now, findings);
    if (rule.permit_required) CheckPermit(facts, now, findings);
  } else if (facts.by_slip) {
    // nothing is expected under the plate; said by CheckSlipsTrip
  } else if (!facts.known.near.empty()) {
    for (const Known::Near& near : facts.known.near) {
      findings.Ask({cause::kPlateNearExpected, {{"plate", near.plate}, {"trip_id", near.trip_id}}});
    }
  } else if (facts.read) {
    findings.Refuse({cause::kTripNotFound, {}});
  }
  CheckMode(facts, now, findings);
  Verdict verdict = std::move(findings).Done();
  if (verdict.outcome != Outcome::kOpen) return verdict;
  if (facts.by_slip) verdict.causes.push_back({cause::kIdentifiedBySlip, {{"trip_id", facts.slip->trip_id}}});
  if (RestsOnWitness(facts, rule)) AddConfirmations(facts, verdict);
  return verdict;
}

bool RestsOnWitness(const Facts& facts, const CheckpointRule& rule) {
  if (facts.by_slip || !facts.read) return false;
  const bool sure = !facts.disputed && facts.confidence >= rule.confidence_min && facts.as_read.empty();
  return !sure && std::ranges::any_of(facts.witnesses,
                                      [](const Witness& one) { return one.says == Witness::Says::kSame; });
}

std::string SlipFault(const Slip& slip, std::string_view gate_id, Direction direction, Instant now) {
  const Result<void> good = CheckSlip(slip, {gate_id, direction == Direction::kExport}, now);
  return good ? "" : good.error().reason();
}

}  // namespace bordergate::lane
