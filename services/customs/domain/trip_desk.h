// The verbs on trips: each loads, applies the rule, saves, and notes the events to tell. One TripDesk a
// transaction; `Tell` comes last in it.
#pragma once

#include "services/customs/domain/step_rules.h"
#include "services/customs/domain/trip_store.h"
#include "services/customs/domain/viewer.h"

namespace bordergate::customs {

// Turns what happened into the bytes that consumers read. Implemented where the proto is known (api/).
class EventBodies {
 public:
  virtual ~EventBodies() = default;
  //   step_id   the step it is about; empty when none
  virtual std::string Of(const Trip& trip, std::string_view step_id) const = 0;
  virtual std::string Of(const Workflow& workflow) const = 0;
};

class TripDesk {
 public:
  TripDesk(TripStore& store, const EventBodies& bodies, Origin origin, Instant now)
      : store_(store), bodies_(bodies), origin_(std::move(origin)), now_(now) {}

  // A checked form as the trip it would be: with its steps, without an id; nothing is kept.
  //   form      checked; enterprise_id set
  //   vehicle, driver   what the vehicle service answered
  //   errors    GATE_UNKNOWN, those of `vehicle`, those of `driver`, VEHICLE_HAS_OPEN_TRIP
  Result<Trip> Draft(Trip form, const Result<Id<Vehicle>>& vehicle, const Result<void>& driver);
  // Keeps a draft under its id.
  //   errors    VEHICLE_HAS_OPEN_TRIP
  Result<void> Declare(const Trip& draft);

  // errors   TRIP_NOT_FOUND (also for one the viewer may not see), those of the rule in step_rules.h
  Result<Trip> Confirm(const Id<Trip>& id, std::string_view step_id, const Viewer& viewer,
                       const Officer& officer, std::string_view remark);
  Result<Trip> Hold(const Id<Trip>& id, std::string_view step_id, const Viewer& viewer,
                    const Officer& officer, std::string_view reason);
  Result<Trip> Release(const Id<Trip>& id, std::string_view step_id, const Viewer& viewer,
                       const Officer& officer, std::string_view reason);
  Result<Trip> Cancel(const Id<Trip>& id, const Viewer& viewer, std::string_view reason);

  // A lane reported a passage. Recorded as it happened, whatever the trip's state, and once a passage; one of
  // a trip that is not ours is kept as it came.
  Result<void> Cross(const Crossing& crossing);

  Result<Workflow> PutWorkflow(Workflow workflow);

  // What is to be told, in order; empties the list.
  std::vector<NewEvent> TakeEvents() { return std::exchange(events_, {}); }
  // Appends it. Last in the transaction.
  Result<void> Tell();

 private:
  Result<Trip> LockVisible(const Id<Trip>& id, const Viewer& viewer);
  Result<void> Save(const Trip& trip, std::string_view kind, std::string_view step_id);
  void Note(std::string_view kind, std::string body);

  TripStore& store_;
  const EventBodies& bodies_;
  Origin origin_;
  Instant now_;
  std::vector<NewEvent> events_;
};

}  // namespace bordergate::customs
