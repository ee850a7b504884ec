#include "services/lane/domain/decide.h"

#include <cstdlib>

#include <fmt/format.h>

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
  if (facts.by_slip) return;
  if (!facts.read) {
    findings.SendForOfficer({cause::kNoRead, {}});
  } else if (facts.disputed || facts.confidence < rule.confidence_min) {
    findings.SendForOfficer({cause::kReadUnsure, {{"plate", facts.plate}}});
  } else {
    return;
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
  if (!facts.trailer_key.empty() && facts.trailer_key != trip.trailer_key) {
    findings.Ask({cause::kTrailerMismatch, {{"expected", trip.trailer_key}, {"seen", facts.trailer_key}}});
  }
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

// Text of plates and ids only: no character of either needs an escape in JSON except these.
std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

std::string Quoted(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + Quoted(text);
  return out + ']';
}

std::string BasisOf(const Slip& slip) {
  const auto microseconds = [](Instant time) { return time.time_since_epoch().count(); };
  return fmt::format(
      R"({{"trip_id":{},"gate_id":{},"plate":{},"trailer_plate":{},"export":{},"from_us":{},"until_us":{}}})",
      Quoted(slip.trip_id), Quoted(slip.gate_id), Quoted(slip.plate), Quoted(slip.trailer_plate),
      slip.is_export, microseconds(slip.valid_from), microseconds(slip.valid_until));
}

std::string BasisOf(const Expected& expected) {
  const TripFacts& trip = expected.trip;
  std::string out = fmt::format(
      R"({{"trip_id":{},"gate_id":{},"direction":{},"key":{},"trailer_key":{},"state":{},"steps_missing":{},"steps_held":{},"fee_settled":{},"passed_here":{},"empty":{})",
      Quoted(trip.trip_id), Quoted(trip.gate_id), static_cast<int>(trip.direction), Quoted(trip.key),
      Quoted(trip.trailer_key), static_cast<int>(trip.state), Quoted(trip.steps_missing),
      Quoted(trip.steps_held), expected.fee_settled, expected.passed_here, trip.empty);
  if (expected.ticket) {
    out += fmt::format(R"(,"ticket":{{"ticket_id":{},"state":{},"call_expire_us":{}}})",
                       Quoted(expected.ticket->ticket_id), static_cast<int>(expected.ticket->state),
                       expected.ticket->call_expire_time.time_since_epoch().count());
  }
  return out + '}';
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
  if (verdict.outcome == Outcome::kOpen && facts.by_slip) {
    verdict.causes.push_back({cause::kIdentifiedBySlip, {{"trip_id", facts.slip->trip_id}}});
  }
  return verdict;
}

std::string SlipFault(const Slip& slip, std::string_view gate_id, Direction direction, Instant now) {
  const Result<void> good = CheckSlip(slip, {gate_id, direction == Direction::kExport}, now);
  return good ? "" : good.error().reason();
}

std::string BasisOf(const Facts& facts, const CheckpointRule& rule) {
  std::string out = fmt::format(
      R"({{"mode":{},"gate_id":{},"direction":{},"read":{},"plate":{},"confidence":{:.4f},"disputed":{},"trailer_key":{},"rule_version":{},"confidence_min":{:.4f},"cleared_required":{},"fee_required":{},"call_required":{},"claimed_by_lane":{},"permit_required":{},"stay_max_h":{},"opening_hours":{},"utc_offset_min":{},"permit_last_day":{},"came_us":{},"weight_tolerance_kg":{},"scale":{},"weight_kg":{},"empty_kg":{})",
      Quoted(ModeName(facts.mode)), Quoted(facts.gate_id), static_cast<int>(facts.direction), facts.read,
      Quoted(facts.plate), facts.confidence, facts.disputed, Quoted(facts.trailer_key), rule.version,
      rule.confidence_min, rule.cleared_required, rule.fee_required, rule.call_required,
      Quoted(facts.known.claimed_by_lane), rule.permit_required, rule.stay_max_h,
      Quoted(HoursText(rule.opening_hours)), facts.utc_offset.count(),
      facts.known.permit_last_day ? facts.known.permit_last_day->time_since_epoch().count() : -1,
      facts.known.came_time ? facts.known.came_time->time_since_epoch().count() : -1,
      rule.weight_tolerance_kg, Quoted(ScaleStateName(facts.weight.state)), facts.weight.kg,
      facts.known.empty_kg);
  if (facts.known.expected) out += ",\"expected\":" + BasisOf(*facts.known.expected);
  if (facts.slip) out += ",\"slip\":" + BasisOf(*facts.slip);
  if (!facts.slip_fault.empty()) out += ",\"slip_fault\":" + Quoted(facts.slip_fault);
  if (facts.by_slip) out += ",\"by_slip\":true";
  if (facts.disagree) out += ",\"disagree\":true";
  std::vector<std::string> watched, near;
  for (const auto& entry : facts.known.watched) watched.push_back(entry.entry_id);
  for (const auto& other : facts.known.near) near.push_back(other.plate);
  out += ",\"watched\":" + Quoted(watched) + ",\"near\":" + Quoted(near);
  return out + '}';
}

}  // namespace bordergate::lane
