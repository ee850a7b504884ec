// What a decision was made of, as JSON; read again by store/basis.cc.
#include <fmt/format.h>

#include "services/lane/domain/decide.h"

namespace bordergate::lane {
namespace {

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

std::string BasisOf(const std::vector<Witness>& witnesses) {
  std::string out = "[";
  for (const Witness& one : witnesses) {
    out += fmt::format(R"({}{{"kind":{},"plate":{},"key":{},"says":{}}})", out.size() > 1 ? "," : "",
                       Quoted(WitnessName(one.kind)), Quoted(one.plate), Quoted(one.key),
                       Quoted(SaysName(one.says)));
  }
  return out + ']';
}

std::string BasisOf(const Expected& expected) {
  const TripFacts& trip = expected.trip;
  std::string out = fmt::format(
      R"({{"trip_id":{},"gate_id":{},"direction":{},"key":{},"trailer_key":{},"state":{},"steps_missing":{},"steps_held":{},"fee_settled":{},"passed_here":{},"empty":{})",
      Quoted(trip.trip_id), Quoted(trip.gate_id), static_cast<int>(trip.direction), Quoted(trip.key),
      Quoted(trip.trailer_key), static_cast<int>(trip.state), Quoted(trip.steps_missing),
      Quoted(trip.steps_held), expected.fee_settled, expected.passed_here, trip.empty);
  if (trip.container_number) out += ",\"container_number\":" + Quoted(*trip.container_number);
  if (expected.ticket) {
    out += fmt::format(R"(,"ticket":{{"ticket_id":{},"state":{},"call_expire_us":{}}})",
                       Quoted(expected.ticket->ticket_id), static_cast<int>(expected.ticket->state),
                       expected.ticket->call_expire_time.time_since_epoch().count());
  }
  return out + '}';
}

}  // namespace

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
  if (!facts.container_number.empty()) out += ",\"container_number\":" + Quoted(facts.container_number);
  if (facts.slip) out += ",\"slip\":" + BasisOf(*facts.slip);
  if (!facts.slip_fault.empty()) out += ",\"slip_fault\":" + Quoted(facts.slip_fault);
  if (facts.by_slip) out += ",\"by_slip\":true";
  if (facts.disagree) out += ",\"disagree\":true";
  if (!facts.witnesses.empty()) out += ",\"witnesses\":" + BasisOf(facts.witnesses);
  if (!facts.as_read.empty()) out += ",\"as_read\":" + Quoted(facts.as_read);
  if (facts.known.leased_elsewhere) out += ",\"leased_elsewhere\":true";
  std::vector<std::string> watched, near;
  for (const auto& entry : facts.known.watched) watched.push_back(entry.entry_id);
  for (const auto& other : facts.known.near) near.push_back(other.plate);
  out += ",\"watched\":" + Quoted(watched) + ",\"near\":" + Quoted(near);
  return out + '}';
}

}  // namespace bordergate::lane
