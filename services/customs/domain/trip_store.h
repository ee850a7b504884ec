// What the rules of customs need to load and save, in one transaction.
#pragma once

#include <optional>

#include "libs/core/paging.h"
#include "libs/core/unit_of_work.h"
#include "services/customs/domain/trip.h"
#include "services/customs/domain/workflow.h"

namespace bordergate::customs {

// A passage of a trip's truck, as a lane recorded it.
struct Crossing {
  std::string passage_id;
  Id<Trip> trip_id;
  std::string lane_id;
  Instant cross_time;
};

struct TripFilter {
  std::optional<Id<Enterprise>> enterprise_id;
  std::vector<std::string> gate_ids;  // empty: all
  std::string gate_id;                // empty: all
  std::optional<TripState> state;
  std::vector<std::string> open_step_roles;  // a step of one of them is open; empty: all trips
  bool oldest_first = false;
};

class TripStore : public Store {
 public:
  // errors   VEHICLE_HAS_OPEN_TRIP
  virtual Result<void> AddTrip(const Trip& trip) = 0;
  // errors   TRIP_NOT_FOUND
  virtual Result<Trip> FindTrip(const Id<Trip>& id) = 0;
  // Locks it until the transaction ends. errors   TRIP_NOT_FOUND
  virtual Result<Trip> LockTrip(const Id<Trip>& id) = 0;
  // State, times and steps; a trip's declaration never changes.
  virtual Result<void> SaveProgress(const Trip& trip) = 0;
  // The trip of the truck that is still to cross, if any.
  virtual Result<std::optional<Id<Trip>>> FindOpenTrip(std::string_view plate_key) = 0;
  // Newest first unless the filter says otherwise.
  virtual Result<PageOf<Trip>> ListTrips(const TripFilter& filter, const Page& page) = 0;
  // Keeps a passage with the state it found the trip in. False when it is known.
  virtual Result<bool> AddCrossing(const Crossing& crossing, std::optional<TripState> found_in) = 0;

  // Gives it the next version of its gate and direction.
  virtual Result<Workflow> AddWorkflow(Workflow workflow) = 0;
  // The newest version.
  virtual Result<std::optional<Workflow>> CurrentWorkflow(std::string_view gate_id, Direction direction) = 0;
  // Newest first; of one gate, or of all.
  virtual Result<PageOf<Workflow>> ListWorkflows(std::string_view gate_id, const NumberPage& page) = 0;
};

}  // namespace bordergate::customs
