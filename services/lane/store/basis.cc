#include "services/lane/store/basis.h"

#include <nlohmann/json.hpp>

namespace bordergate::lane {
namespace {

using Json = nlohmann::json;

Instant ToInstant(int64_t microseconds) { return Instant(std::chrono::microseconds(microseconds)); }

Mode ModeOf(const std::string& name) {
  for (const Mode mode : {Mode::kAuto, Mode::kLocal, Mode::kConfirm, Mode::kManual}) {
    if (name == ModeName(mode)) return mode;
  }
  return Mode::kClosed;
}

Expected ExpectedOf(const Json& json) {
  Expected expected;
  expected.trip.trip_id = json.at("trip_id");
  expected.trip.gate_id = json.at("gate_id");
  expected.trip.direction = static_cast<Direction>(json.at("direction").get<int>());
  expected.trip.key = json.at("key");
  expected.trip.trailer_key = json.at("trailer_key");
  expected.trip.state = static_cast<TripFacts::State>(json.at("state").get<int>());
  expected.trip.steps_missing = json.at("steps_missing");
  expected.trip.steps_held = json.at("steps_held");
  expected.fee_settled = json.at("fee_settled");
  expected.passed_here = json.at("passed_here");
  expected.trip.empty = json.value("empty", false);
  if (json.contains("container_number")) expected.trip.container_number = json.at("container_number");
  if (const auto ticket = json.find("ticket"); ticket != json.end()) {
    expected.ticket = TicketFacts{ticket->at("ticket_id"),
                                  expected.trip.trip_id,
                                  static_cast<TicketFacts::State>(ticket->at("state").get<int>()),
                                  ToInstant(ticket->at("call_expire_us")),
                                  {}};
  }
  return expected;
}

Slip SlipOf(const Json& json) {
  Slip slip;
  slip.trip_id = json.at("trip_id");
  slip.gate_id = json.at("gate_id");
  slip.plate = json.at("plate");
  slip.trailer_plate = json.at("trailer_plate");
  slip.is_export = json.at("export");
  slip.valid_from = ToInstant(json.at("from_us"));
  slip.valid_until = ToInstant(json.at("until_us"));
  return slip;
}

Witness WitnessOf(const Json& json) {
  Witness witness;
  witness.plate = json.at("plate");
  witness.key = json.at("key");
  const std::string kind = json.at("kind"), says = json.at("says");
  for (const auto one :
       {Witness::Kind::kRear, Witness::Kind::kTag, Witness::Kind::kTrailer, Witness::Kind::kContainer}) {
    if (kind == WitnessName(one)) witness.kind = one;
  }
  for (const auto one : {Witness::Says::kSame, Witness::Says::kOther, Witness::Says::kHint}) {
    if (says == SaysName(one)) witness.says = one;
  }
  return witness;
}

void ReadRule(const Json& json, CheckpointRule& rule) {
  rule.version = json.at("rule_version");
  rule.confidence_min = json.at("confidence_min");
  rule.cleared_required = json.at("cleared_required");
  rule.fee_required = json.at("fee_required");
  rule.call_required = json.at("call_required");
  rule.permit_required = json.value("permit_required", false);
  rule.stay_max_h = json.value("stay_max_h", 0);
  rule.weight_tolerance_kg = json.value("weight_tolerance_kg", 0);
  rule.opening_hours = ParseHours(json.value("opening_hours", "")).value_or(std::vector<OpeningHours>());
}

void ReadFacts(const Json& json, Facts& facts) {
  facts.mode = ModeOf(json.at("mode"));
  facts.gate_id = json.at("gate_id");
  facts.direction = static_cast<Direction>(json.at("direction").get<int>());
  facts.utc_offset = std::chrono::minutes(json.value("utc_offset_min", 420));
  facts.read = json.at("read");
  facts.plate = json.at("plate");
  facts.confidence = json.at("confidence");
  facts.disputed = json.at("disputed");
  facts.trailer_key = json.at("trailer_key");
  facts.container_number = json.value("container_number", "");
  facts.known.claimed_by_lane = json.at("claimed_by_lane");
  const int last_day = json.value("permit_last_day", -1);
  if (last_day >= 0) facts.known.permit_last_day = std::chrono::sys_days(std::chrono::days(last_day));
  const int64_t came = json.value("came_us", int64_t{-1});
  if (came >= 0) facts.known.came_time = ToInstant(came);
  facts.known.empty_kg = json.value("empty_kg", 0);
  const std::string scale = json.value("scale", "SILENT");
  for (const ScaleState state : kScaleStates) {
    if (scale == ScaleStateName(state)) facts.weight = {state, json.value("weight_kg", 0)};
  }
  if (const auto expected = json.find("expected"); expected != json.end()) {
    facts.known.expected = ExpectedOf(*expected);
  }
  if (const auto slip = json.find("slip"); slip != json.end()) facts.slip = SlipOf(*slip);
  facts.slip_fault = json.value("slip_fault", "");
  facts.by_slip = facts.slip && json.value("by_slip", false);
  for (const Json& one : json.value("witnesses", Json::array())) facts.witnesses.push_back(WitnessOf(one));
  facts.as_read = json.value("as_read", "");
  facts.known.leased_elsewhere = json.value("leased_elsewhere", false);
  facts.disagree = facts.slip && json.value("disagree", false);
  for (const std::string entry_id : json.at("watched")) {
    facts.known.watched.push_back({entry_id, "", "", true});
  }
  for (const std::string plate : json.at("near")) facts.known.near.push_back({plate, ""});
}

}  // namespace

bool ReadBasis(const std::string& basis, PastDecision& decision) {
  try {
    const Json json = Json::parse(basis);
    ReadFacts(json, decision.facts);
    ReadRule(json, decision.rule);
    decision.whole = json.contains("came_us");
    return true;
  } catch (const Json::exception&) {
    return false;
  }
}

}  // namespace bordergate::lane
