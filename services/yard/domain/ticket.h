// A place in the gate's order, and what yard knows of its trip.
#pragma once

#include <optional>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/id.h"
#include "services/yard/domain/yard.h"

namespace bordergate::yard {

// Known to yard by their ids only.
struct Trip;
struct Enterprise;

enum class TripState { kDeclared, kHeld, kCleared, kCrossed, kCancelled };

// A trip as customs and fee told of it.
struct TripFacts {
  Id<Trip> trip_id;
  Id<Enterprise> enterprise_id;
  std::string gate_id;
  std::string plate_key;
  bool perishable = false;
  TripState state = TripState::kDeclared;
  bool fee_settled = false;  // paid to the đồng, or exempted
};

// True while the truck is still to cross.
inline bool IsOpen(TripState state) { return state != TripState::kCrossed && state != TripState::kCancelled; }

enum class TicketState { kWaiting, kCalled, kPassed, kClosed };

// Why a waiting ticket is not called now.
enum class Wait { kTurn, kSteps, kHeld, kFee };

struct Ticket {
  Id<Ticket> id;
  Id<Trip> trip_id;
  Id<Yard> yard_id;
  std::string gate_id;
  Id<Enterprise> enterprise_id;
  int64_t number = 0;
  int ahead_count = 0;  // worked out when it is shown
  TicketState state = TicketState::kWaiting;
  std::optional<Wait> wait;  // set exactly while it waits
  bool perishable = false;
  Instant check_in_time;
  std::optional<Instant> call_time;
  std::optional<Instant> call_expire_time;
  std::optional<Instant> pass_time;
  int call_count = 0;
  int missed_count = 0;  // calls it did not come to
};

// "turn", "steps", "held", "fee": in the order log and in errors.
std::string_view NameOf(Wait wait);

}  // namespace bordergate::yard
