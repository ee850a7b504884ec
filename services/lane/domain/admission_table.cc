#include "services/lane/domain/admission_table.h"

#include <algorithm>
#include <tuple>

#include "libs/plate/plate.h"
#include "services/lane/domain/admission_book.h"
#include "services/lane/domain/look_alike.h"

namespace bordergate::lane {
namespace {

template <class Map, class Value>
void EraseFrom(Map& map, const std::string& key, const Value* value) {
  const auto [begin, end] = map.equal_range(key);
  for (auto it = begin; it != end; ++it) {
    if (it->second == value) {
      map.erase(it);
      return;
    }
  }
}

bool IsDone(const TripFacts& trip) {
  return trip.state == TripFacts::State::kCrossed || trip.state == TripFacts::State::kCancelled;
}

// What it declares to pull or to carry.
std::vector<std::string> LoadsOf(const TripFacts& trip) {
  std::vector<std::string> loads;
  for (const std::string& load : {trip.trailer_key, trip.container_number.value_or("")}) {
    if (!load.empty()) loads.push_back(load);
  }
  return loads;
}

}  // namespace

void AdmissionTable::Apply(const AdmissionChange& change) {
  if (const auto* trip = std::get_if<TripFacts>(&change)) return ApplyTrip(*trip);
  if (const auto* watch = std::get_if<WatchFacts>(&change)) return ApplyWatch(*watch);
  if (const auto* fee = std::get_if<FeeFacts>(&change)) {
    trips_[fee->trip_id].fee_settled = fee->settled;
    return;
  }
  if (const auto* vehicle = std::get_if<VehicleFacts>(&change)) return ApplyVehicle(*vehicle);
  const auto& ticket = std::get<TicketFacts>(change);
  Entry& entry = trips_[ticket.trip_id];
  // A closed ticket of the past must not hide the trip's new one.
  const bool other = entry.ticket && entry.ticket->ticket_id != ticket.ticket_id;
  if (other && ticket.state == TicketFacts::State::kClosed) return;
  entry.ticket = ticket;
}

void AdmissionTable::ApplyTrip(const TripFacts& trip) {
  Entry& entry = trips_[trip.trip_id];
  Unindex(entry);
  entry.trip = trip;
  entry.look = LookAlikeKey(trip.key);
  by_look_.emplace(entry.look, &entry);
  for (const std::string& load : LoadsOf(trip)) by_load_.emplace(load, &entry);
}

void AdmissionTable::ApplyVehicle(const VehicleFacts& vehicle) {
  VehicleFacts& kept = vehicles_[vehicle.key];
  if (const auto old = key_of_tag_.find(kept.tag_id); old != key_of_tag_.end() && old->second == vehicle.key)
    key_of_tag_.erase(old);
  kept = vehicle;
  if (vehicle.tag_id.empty()) return;
  key_of_tag_.erase(vehicle.tag_id);
  const auto plate = ParsePlate(vehicle.plate);
  if (plate && !IsTrailer(plate->kind)) key_of_tag_.emplace(vehicle.tag_id, vehicle.key);
}

void AdmissionTable::ApplyWatch(const WatchFacts& watch) {
  if (const auto it = watched_.find(watch.entry_id); it != watched_.end()) {
    EraseFrom(watched_by_look_, LookAlikeKey(it->second.key), &it->second);
    watched_.erase(it);
  }
  if (!watch.in_force) return;
  const auto [it, inserted] = watched_.emplace(watch.entry_id, watch);
  watched_by_look_.emplace(LookAlikeKey(watch.key), &it->second);
}

void AdmissionTable::Unindex(const Entry& entry) {
  if (entry.look.empty()) return;
  EraseFrom(by_look_, entry.look, &entry);
  for (const std::string& load : LoadsOf(entry.trip)) EraseFrom(by_load_, load, &entry);
}

Known AdmissionTable::Find(const Sighting& sighting) const {
  Known known;
  const std::string look = LookAlikeKey(sighting.key);
  FindWatched(sighting.key, look, known);
  const std::string key(sighting.key);
  if (const auto vehicle = vehicles_.find(key); vehicle != vehicles_.end())
    known.permit_last_day = vehicle->second.permit_last_day;
  const auto crossing = crossings_.find(key);
  if (crossing != crossings_.end() && crossing->second.direction != sighting.direction) {
    known.came_time = crossing->second.time;
  }

  const auto fit = [&](const Entry& entry) {
    const bool done = IsDone(entry.trip) || entry.passed_time;
    return std::tuple(!done, entry.trip.gate_id == sighting.gate_id,
                      entry.trip.direction == sighting.direction,
                      entry.ticket && entry.ticket->state == TicketFacts::State::kCalled, entry.trip.trip_id);
  };
  const Entry* best = nullptr;
  const auto [begin, end] = by_look_.equal_range(look);
  for (auto it = begin; it != end; ++it) {
    const Entry& entry = *it->second;
    if (entry.trip.key != sighting.key) continue;
    if (best == nullptr || fit(entry) > fit(*best)) best = &entry;
  }
  if (best != nullptr) {
    known.expected = Expected{best->trip, best->fee_settled, best->ticket, best->passed_time.has_value()};
    const int truck_kg = TareOf(best->trip.key);
    const int trailer_kg = best->trip.trailer_key.empty() ? 0 : TareOf(best->trip.trailer_key);
    const bool whole = truck_kg > 0 && (trailer_kg > 0 || best->trip.trailer_key.empty());
    known.empty_kg = whole ? truck_kg + trailer_kg : 0;
    const auto claim = claims_.find(best->trip.trip_id);
    if (claim != claims_.end() && claim->second.lane_id != sighting.lane_id &&
        claim->second.until > sighting.now) {
      known.claimed_by_lane = claim->second.lane_id;
    }
    return known;
  }
  for (auto it = begin; it != end; ++it) {
    const Entry& entry = *it->second;
    if (!IsDone(entry.trip) && !entry.passed_time)
      known.near.push_back({entry.trip.plate, entry.trip.trip_id});
  }
  std::sort(known.near.begin(), known.near.end(),
            [](const auto& a, const auto& b) { return a.trip_id < b.trip_id; });
  return known;
}

int AdmissionTable::TareOf(const std::string& key) const {
  const auto vehicle = vehicles_.find(key);
  return vehicle == vehicles_.end() ? 0 : vehicle->second.tare_kg;
}

void AdmissionTable::FindWatched(std::string_view key, const std::string& look, Known& known) const {
  const auto [begin, end] = watched_by_look_.equal_range(look);
  for (auto it = begin; it != end; ++it) {
    const WatchFacts& watch = *it->second;
    known.watched.push_back({watch.entry_id, watch.plate, watch.cause, watch.key == key});
  }
  std::sort(known.watched.begin(), known.watched.end(), [](const auto& a, const auto& b) {
    return std::tuple(!a.exact, a.entry_id) < std::tuple(!b.exact, b.entry_id);
  });
}

std::optional<TagTruck> AdmissionTable::FindTag(const TagSighting& sighting) const {
  const std::string tag_id(sighting.tag_id);
  const auto key = key_of_tag_.find(tag_id);
  if (key == key_of_tag_.end()) return std::nullopt;
  return TagTruck{vehicles_.at(key->second).plate,
                  hearings_.CountsAt(tag_id, sighting.lane_id, sighting.rssi_cdbm, sighting.now)};
}

void AdmissionTable::NoteTag(const TagRead& tag, SteadyInstant at) {
  if (key_of_tag_.contains(tag.tag_id)) hearings_.Heard(tag.tag_id, tag.lane_id, tag.rssi_cdbm, at);
}

std::string AdmissionTable::TruckOfLoad(const Sighting& sighting) const {
  const TripFacts* only = nullptr;
  const auto [begin, end] = by_load_.equal_range(std::string(sighting.key));
  for (auto it = begin; it != end; ++it) {
    const TripFacts& trip = it->second->trip;
    if (IsDone(trip) || it->second->passed_time) continue;
    if (trip.gate_id != sighting.gate_id || trip.direction != sighting.direction) continue;
    if (only != nullptr && only->key != trip.key) return "";
    only = &trip;
  }
  return only == nullptr ? "" : only->plate;
}

bool AdmissionTable::Claim(const std::string& trip_id, std::string_view lane_id, SteadyInstant now,
                           SteadyInstant until) {
  const auto [it, inserted] = claims_.try_emplace(trip_id, ClaimOf{std::string(lane_id), until});
  if (inserted) return true;
  if (it->second.lane_id != lane_id && it->second.until > now) return false;
  it->second = {std::string(lane_id), until};
  return true;
}

void AdmissionTable::Release(const std::string& trip_id, std::string_view lane_id) {
  const auto it = claims_.find(trip_id);
  if (it != claims_.end() && it->second.lane_id == lane_id) claims_.erase(it);
}

void AdmissionTable::Passed(const std::string& trip_id, Instant now) {
  claims_.erase(trip_id);
  const auto it = trips_.find(trip_id);
  if (it != trips_.end() && !it->second.passed_time) it->second.passed_time = now;
}

void AdmissionTable::Crossed(const std::string& key, Direction direction, Instant now) {
  const auto [it, inserted] = crossings_.try_emplace(key, Crossing{direction, now});
  if (!inserted && it->second.time <= now) it->second = {direction, now};
}

std::vector<std::string> AdmissionTable::Prune(Instant before) {
  std::vector<std::string> gone;
  for (auto it = trips_.begin(); it != trips_.end();) {
    const Entry& entry = it->second;
    const bool done_long_ago = (IsDone(entry.trip) && entry.trip.update_time < before) ||
                               (entry.passed_time && *entry.passed_time < before);
    if (!done_long_ago) {
      ++it;
      continue;
    }
    Unindex(entry);
    gone.push_back(it->first);
    it = trips_.erase(it);
  }
  std::sort(gone.begin(), gone.end());
  return gone;
}

std::string_view SourceName(Source source) {
  switch (source) {
    case Source::kCustoms:
      return "customs";
    case Source::kFee:
      return "fee";
    case Source::kYard:
      return "yard";
    case Source::kVehicle:
      return "vehicle";
  }
  return "";
}

}  // namespace bordergate::lane
