// The trucks underway, each on its own way: declared by its firm, paid by the bank, checked in at the yard,
// called, driven to a lane, through it or back.
//
// One thread at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "services/simulator/actors/bank.h"
#include "services/simulator/actors/errands.h"
#include "services/simulator/actors/firm_desk.h"
#include "services/simulator/actors/yard_desk.h"
#include "services/simulator/domain/road.h"

namespace bordergate::simulator {

// What the simulated guard notes at entries of the watch list, and why they are removed.
inline constexpr const char* kWatchNote = "Nghi vấn buôn lậu (mô phỏng)";
inline constexpr const char* kUnwatchReason = "đã xác minh (mô phỏng)";

// Of the simulated day, each half to one and a half times this.
struct JourneySettings {
  milliseconds pay_after{20'000};  // from the declaration
  milliseconds drive_to_yard{40'000};
  milliseconds drive_to_lane{20'000};
  milliseconds driver_patience{120'000};  // our own time: standing at the line for longer, the driver leaves
};

struct JourneyParts {
  std::string run;  // names this run in idempotency keys
  PublicDoor& door;
  std::vector<std::unique_ptr<FirmDesk>>& firms;
  YardDesk& yard;
  const Bank& bank;
  Person* guard;  // keeps the watch list; null: nobody is watched
  Road& road;
  Errands& errands;
  const Clock& clock;
};

class Journeys {
 public:
  Journeys(JourneyParts parts, JourneySettings settings);
  ~Journeys();
  Journeys(const Journeys&) = delete;
  Journeys& operator=(const Journeys&) = delete;

  // A truck sets out. False: all trucks of its firm are underway, or no lane goes its way.
  bool Begin(const PlannedTrip& plan);
  // The yard has called a trip; a repeat does nothing.
  void Called(const std::string& trip_id);
  // Looks what became of the trucks at the lanes.
  void LookAtLanes();

  size_t underway_count() const;
  // Finished journeys by how they ended: "passed", "turned_back", "not_declared", …
  const std::map<std::string, int64_t>& endings() const { return endings_; }

 private:
  struct Journey;
  using Ref = std::shared_ptr<Journey>;

  int FreeTruck(const PlannedTrip& plan) const;
  std::string GateFor(bool is_export) const;
  std::string LaneFor(const Journey& journey) const;
  void Watch(const Ref& journey);
  void Declare(const Ref& journey);
  void Pay(const Ref& journey);
  void CheckIn(const Ref& journey);
  void DriveToLane(const Ref& journey);
  static void Disguise(const Journey& journey, Truck& truck);
  void AtLane(const Ref& journey, const std::string& event);
  void End(const Ref& journey, const std::string& how);
  // Ends it and withdraws its trip.
  void GoHome(const Ref& journey, const std::string& how);
  milliseconds About(const Ref& journey, milliseconds mean) const;

  JourneyParts parts_;
  const JourneySettings settings_;
  std::set<std::pair<int, int>> busy_;      // firm and truck
  std::map<std::string, Ref> by_trip_;      // waiting for their call
  std::map<std::string, Ref> by_truck_id_;  // at a lane
  std::map<std::string, int64_t> endings_;
  int64_t seen_sequence_ = 0;
};

}  // namespace bordergate::simulator
