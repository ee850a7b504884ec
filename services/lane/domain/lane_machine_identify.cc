// The part of the machine that tells who it is, and gathers what is known of it.
#include <algorithm>

#include "libs/plate/plate.h"
#include "services/lane/domain/identify.h"
#include "services/lane/domain/lane_machine.h"

namespace bordergate::lane {

Known LaneMachine::Find(std::string_view key, const Surroundings& around) const {
  Known known = around.facts.Find({info_.lane_id, info_.gate_id, info_.direction, key, around.now.steady});
  known.leased_elsewhere = known.expected && !HoldsLease(info_.share, known.expected->trip.trip_id);
  return known;
}

Facts LaneMachine::FactsOf(const Session& session, const Surroundings& around,
                           const std::string& typed_plate) const {
  Facts facts;
  facts.mode = around.mode;
  facts.gate_id = info_.gate_id;
  facts.utc_offset = info_.utc_offset;
  facts.direction = info_.direction;
  std::string key;
  if (const Ballot::Candidate* leader = session.front.Leader()) {
    facts.read = true;
    facts.confidence = leader->best.confidence;
    facts.disputed = session.front.Disputed();
  }
  if (const auto* trailer = SureTrailer(session, around)) facts.trailer_key = trailer->key;
  if (const auto* container = SureContainer(session, around)) facts.container_number = container->key;
  if (typed_plate.empty()) {
    key = Name(session, around, facts);
  } else {
    facts.plate = typed_plate;
    key = PlateKey(typed_plate);
  }
  if (!key.empty()) facts.known = Find(key, around);
  if (typed_plate.empty()) {
    AddWatched(session, around, facts);
    CompareTrailer(session, around, facts);
  }
  facts.weight = WeightOf(session, around.now);
  return facts;
}

std::string LaneMachine::Name(const Session& session, const Surroundings& around, Facts& facts) const {
  if (session.slip) facts.slip = session.slip->slip;
  if (session.faulty_slip) facts.slip_fault = session.faulty_slip->fault;
  const bool good =
      facts.slip && SlipFault(*facts.slip, info_.gate_id, info_.direction, around.now.wall).empty();
  Identity identity =
      lane::Identify(session.front, good ? facts.slip : std::nullopt, WitnessesOf(session, around),
                     around.rule.confidence_min,
                     [&](std::string_view key) { return Find(key, around).expected.has_value(); });
  facts.plate = identity.plate;
  facts.by_slip = identity.by_slip;
  facts.disagree = identity.disagree;
  facts.as_read = std::move(identity.as_read);
  facts.witnesses = std::move(identity.witnesses);
  return identity.key;
}

// Neither paper nor a witness takes from the watch list what a camera saw of the front, however unsurely; nor
// does the front what was seen or heard elsewhere of the vehicle.
void LaneMachine::AddWatched(const Session& session, const Surroundings& around, Facts& facts) const {
  auto& watched = facts.known.watched;
  const auto add = [&](std::string_view key) {
    for (Known::Watched& entry : Find(key, around).watched) {
      const bool known =
          std::ranges::any_of(watched, [&](const auto& one) { return one.entry_id == entry.entry_id; });
      if (!known) watched.push_back(std::move(entry));
    }
  };
  const auto add_all = [&](const std::vector<Ballot::Candidate>& candidates) {
    for (const Ballot::Candidate& seen : candidates) add(seen.key);
  };
  if (facts.by_slip || RestsOnWitness(facts, around.rule)) add_all(session.front.candidates());
  add_all(session.trailers.candidates());
  add_all(session.rear.candidates());
  add_all(session.beside.candidates());
  for (const Witness& one : facts.witnesses) add(one.key);
}

// The rear of a combination shows its trailer; where a truck's plate is seen instead, it may be the
// trailer's, misread.
void LaneMachine::CompareTrailer(const Session& session, const Surroundings& around, Facts& facts) const {
  if (!facts.known.expected || facts.known.expected->trip.trailer_key.empty()) return;
  const TripFacts& trip = facts.known.expected->trip;
  for (Witness& one : facts.witnesses) {
    const bool misread = one.kind == Witness::Kind::kRear && Alike(one.key, trip.trailer_key);
    if (misread && one.says == Witness::Says::kOther) one.says = Witness::Says::kHint;
  }
  const Ballot::Candidate* beside = session.beside.Leader();
  if (!facts.trailer_key.empty() || beside == nullptr || session.beside.Disputed()) return;
  if (beside->best.confidence < around.rule.confidence_min) return;
  if (!Alike(beside->key, trip.trailer_key) && !Alike(beside->key, trip.key)) facts.trailer_key = beside->key;
}

}  // namespace bordergate::lane
