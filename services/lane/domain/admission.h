// The facts about expected vehicles, as the other services tell them, one value a fact.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "libs/core/clock.h"
#include "services/lane/domain/checkpoint_rule.h"

namespace bordergate::lane {

// From customs: one crossing of one truck.
struct TripFacts {
  enum class State { kDeclared, kHeld, kCleared, kCrossed, kCancelled };
  std::string trip_id;
  std::string gate_id;
  Direction direction = Direction::kExport;
  std::string plate;        // of the truck or tractor, normalised
  std::string key;          // what it is compared by
  std::string trailer_key;  // empty for a rigid truck
  State state = State::kDeclared;
  std::vector<std::string> steps_missing;  // neither confirmed nor held
  std::vector<std::string> steps_held;
  Instant update_time;
  bool empty = false;  // declared to cross without goods
  // Empty: none is declared. Nothing: not known, of a trip that was told before lanes kept it.
  std::optional<std::string> container_number;
};

// From fee.
struct FeeFacts {
  std::string trip_id;
  bool settled = false;  // paid to the đồng, or exempted
  Instant update_time;
};

// From yard.
struct TicketFacts {
  enum class State { kWaiting, kCalled, kPassed, kClosed };
  std::string ticket_id;
  std::string trip_id;
  State state = State::kWaiting;
  Instant call_expire_time;  // good only in kCalled
  Instant update_time;
};

// From vehicle: a plate to stop.
struct WatchFacts {
  std::string entry_id;
  std::string plate;  // normalised
  std::string key;
  std::string cause;  // "CAUSE_STOLEN"
  bool in_force = true;
};

// From vehicle: until when a registered vehicle may cross, what it weighs without a load, and its
// transponder.
struct VehicleFacts {
  std::string key;
  std::optional<std::chrono::sys_days> permit_last_day;  // nothing: it has no permit
  int tare_kg = 0;                                       // 0: not known
  std::string plate;                                     // normalised
  std::string tag_id;  // empty: none; one that another vehicle had is this one's from now on
};

using AdmissionChange = std::variant<TripFacts, FeeFacts, TicketFacts, WatchFacts, VehicleFacts>;

// Everything known of one expected vehicle.
struct Expected {
  TripFacts trip;
  bool fee_settled = false;
  std::optional<TicketFacts> ticket;
  bool passed_here = false;  // it went through one of our lanes; the centre may not know yet
};

// What is known about a plate that was seen.
struct Known {
  struct Near {
    std::string plate;
    std::string trip_id;
  };
  struct Watched {
    std::string entry_id;
    std::string plate;
    std::string cause;
    bool exact = false;  // false: a look-alike
  };
  std::optional<Expected> expected;  // exactly this plate
  std::vector<Near> near;            // other expected plates that look alike; only when there is no exact one
  std::vector<Watched> watched;
  std::optional<std::chrono::sys_days> permit_last_day;  // nothing: no permit is registered
  int empty_kg = 0;                  // what truck and declared trailer weigh empty; 0: not known
  std::optional<Instant> came_time;  // its last crossing at this gate was the other way, and when
  bool leased_elsewhere = false;     // its ticket belongs to another lane program of this gate (lease.h)
  std::string claimed_by_lane;       // another lane has an opening under way for the same trip
};

}  // namespace bordergate::lane
