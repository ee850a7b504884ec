// The admission table: every expected vehicle and every watch-listed plate, in memory, so that a lane decides
// with no call to anyone.
//
// Changes arrive in any order between services (the fee of a trip may come before the trip); each is the
// whole fact as it is after the event, so applying one twice does no harm. Finding costs the same for a
// thousand vehicles and for a hundred thousand.
//
// Not safe for use by several threads; see AdmissionBook.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "services/lane/domain/admission.h"
#include "services/lane/domain/tag_hearings.h"

namespace bordergate::lane {

// Which vehicle is looked for, and where it stands.
struct Sighting {
  std::string_view lane_id;
  std::string_view gate_id;
  Direction direction = Direction::kExport;
  std::string_view key;
  SteadyInstant now;  // claims end by it: nobody sets this clock
};

// Which transponder is looked for, where, and how strongly it was heard there at the most.
struct TagSighting {
  std::string_view tag_id;
  std::string_view lane_id;
  int rssi_cdbm = 0;  // 0: not known
  SteadyInstant now;
};

// The truck that a transponder is registered for.
struct TagTruck {
  std::string plate;    // normalised
  bool counts = false;  // at this lane (tag_hearings.h)
};

class AdmissionTable {
 public:
  AdmissionTable() = default;
  AdmissionTable(const AdmissionTable&) = delete;
  AdmissionTable& operator=(const AdmissionTable&) = delete;

  void Apply(const AdmissionChange& change);

  // Of several trips of one plate, the one that fits best: open before done, this gate and direction before
  // others.
  Known Find(const Sighting& sighting) const;

  // Nothing: it belongs to no known truck.
  std::optional<TagTruck> FindTag(const TagSighting& sighting) const;
  // A transponder was heard; of one that belongs to no known truck nothing is kept.
  void NoteTag(const TagRead& tag, SteadyInstant at);
  // The plate, normalised, of the truck whose open trip at this gate and direction declares this trailer or
  // container (`key`, its number; no trailer's key is a container's number). Empty: of none, or of several.
  std::string TruckOfLoad(const Sighting& sighting) const;

  // Claims a trip for one opening of one lane. False: another lane holds a claim that has not run out.
  // Repeats: the same lane may claim again and moves the end.
  bool Claim(const std::string& trip_id, std::string_view lane_id, SteadyInstant now, SteadyInstant until);
  void Release(const std::string& trip_id, std::string_view lane_id);

  // The trip has gone through one of our lanes.
  void Passed(const std::string& trip_id, Instant now);

  // A vehicle has gone through one of our lanes, whatever its trip.
  void Crossed(const std::string& key, Direction direction, Instant now);

  // Forgets trips that were done (crossed, cancelled, passed here) before `before`. Returns their ids.
  std::vector<std::string> Prune(Instant before);

  size_t trip_count() const { return trips_.size(); }
  size_t watch_count() const { return watched_.size(); }

 private:
  struct Entry {
    TripFacts trip;  // trip_id empty until customs has told
    bool fee_settled = false;
    std::optional<TicketFacts> ticket;
    std::optional<Instant> passed_time;
    std::string look;  // under which it stands in by_look_; empty: not there
  };
  struct ClaimOf {
    std::string lane_id;
    SteadyInstant until;
  };

  struct Crossing {
    Direction direction;
    Instant time;
  };

  void ApplyTrip(const TripFacts& trip);
  void ApplyWatch(const WatchFacts& watch);
  void ApplyVehicle(const VehicleFacts& vehicle);
  void Unindex(const Entry& entry);
  void FindWatched(std::string_view key, const std::string& look, Known& known) const;
  // 0: not known.
  int TareOf(const std::string& key) const;

  std::unordered_map<std::string, Entry> trips_;                // by trip id; values keep their address
  std::unordered_multimap<std::string, const Entry*> by_look_;  // by look-alike key
  std::unordered_map<std::string, WatchFacts> watched_;         // by entry id
  std::unordered_multimap<std::string, const WatchFacts*> watched_by_look_;
  std::unordered_map<std::string, ClaimOf> claims_;             // by trip id
  std::unordered_map<std::string, VehicleFacts> vehicles_;      // by plate key
  std::unordered_map<std::string, Crossing> crossings_;         // the last one by plate key
  std::unordered_map<std::string, std::string> key_of_tag_;     // of trucks
  std::unordered_multimap<std::string, const Entry*> by_load_;  // by trailer key and by container number
  TagHearings hearings_;
};

}  // namespace bordergate::lane
