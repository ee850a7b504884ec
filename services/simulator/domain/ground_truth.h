// What really happened, to be compared with what the platform recorded. Every truck that went through a lane
// is one passage here; the invariant checker compares them with the platform's passages as sets.
//
// Not safe for use by several threads.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.h"
#include "services/simulator/domain/lane_event.h"
#include "services/simulator/domain/truck.h"

namespace bordergate::simulator {

// One thing that happened, as it is written down.
struct TruthRecord {
  int64_t sequence = 0;  // from 1, without gaps
  Instant time;
  std::string lane_id;
  std::string event;     // EventName
  std::string truck_id;  // empty: not about a truck
  std::string detail;
  // Of the truck, for truck.*
  std::string plate;
  std::string purpose;
  std::string trip_id;
  std::string trailer_plate;
  std::string tag_id;
  std::string container_number;
};

// One truck and how far it came.
struct TruckTruth {
  std::string truck_id;
  std::string lane_id;
  std::string plate;
  std::string purpose;
  std::string trip_id;
  std::string trailer_plate;                          // empty: a rigid truck
  std::string tag_id;                                 // empty: it carries no transponder
  std::string container_number;                       // empty: it carries none
  std::string last_event;                             // "truck.placed" before it came into sight
  std::map<std::string, Instant, std::less<>> times;  // by event; the last of each

  bool Did(std::string_view event) const { return times.contains(event); }
  // Its story is over: passed, turned back, wrong way or vanished.
  bool over() const;
};

class GroundTruth {
 public:
  // Lines a truck up: from here on it is known.
  void Place(const Truck& truck, const std::string& lane_id, Instant time);
  // Adds what happened and returns it as it is to be written down.
  TruthRecord Add(const std::string& lane_id, const LaneEvent& event, Instant time);

  // Takes a record of an earlier run of the program. In order, before anything else.
  void Restore(TruthRecord record);
  // Trucks of an earlier run that were in a lane when it ended.
  std::vector<TruthRecord> CloseEarlierRun(Instant time);

  const TruckTruth* Find(std::string_view truck_id) const;
  // Records after a sequence, oldest first.
  std::vector<TruthRecord> RecordsAfter(int64_t sequence, size_t count_max) const;
  // Trucks that went through in the lane's direction, in the order in which they had passed. `lane_id` empty:
  // all lanes.
  std::vector<TruckTruth> Passages(std::string_view lane_id) const;
  int64_t last_sequence() const { return last_sequence_; }
  // Counts by event since the first record.
  const std::map<std::string, int64_t>& counts() const { return counts_; }

 private:
  void Keep(const TruthRecord& record);

  // Enough for a day; older ones are in the file.
  static constexpr size_t kRecordsMax = 50'000;
  static constexpr size_t kTrucksMax = 20'000;

  int64_t last_sequence_ = 0;
  std::deque<TruthRecord> records_;
  std::map<std::string, TruckTruth, std::less<>> trucks_;
  std::deque<std::string> truck_order_;
  std::vector<std::string> passed_;
  std::map<std::string, int64_t> counts_;
};

}  // namespace bordergate::simulator
