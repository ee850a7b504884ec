// The verbs on a gate's order: each locks the gate, applies the rule, saves, writes the order log, and notes
// the events to tell. One GateDesk a transaction; `Tell` comes last in it.
#pragma once

#include "services/yard/domain/call_forward.h"
#include "services/yard/domain/yard_store.h"

namespace bordergate::yard {

// Turns what happened into the bytes that consumers read. Implemented where the proto is known (api/).
class EventBodies {
 public:
  virtual ~EventBodies() = default;
  virtual std::string Of(const Yard& yard) const = 0;
  virtual std::string Of(const HoldingPlan& plan) const = 0;
  //   reason   for ticket.called_out_of_turn and ticket.closed; empty otherwise
  virtual std::string Of(const Ticket& ticket, std::string_view reason) const = 0;
};

// A truck at the yard's door; one of trip_id and plate_key is set.
struct Arrival {
  Id<Yard> yard_id;
  Id<Trip> trip_id;
  std::string plate_key;
};

// A passage of a truck, as lane or customs told of it.
struct Passing {
  std::string passage_id;  // empty when customs told
  Id<Trip> trip_id;
  Instant pass_time;
};

class GateDesk {
 public:
  GateDesk(YardStore& store, const EventBodies& bodies, IdMaker& ids, Origin origin, Instant now)
      : store_(store), bodies_(bodies), ids_(ids), origin_(std::move(origin)), now_(now) {}

  //   errors   INVALID_FIELD (SLOT_COUNT_BELOW_OCCUPIED, YARD_NOT_EMPTY among its causes)
  Result<Yard> PutYard(Yard yard);
  Result<HoldingPlan> PutPlan(HoldingPlan plan);

  //   errors   YARD_NOT_FOUND, TRIP_NOT_EXPECTED, YARD_FULL
  Result<Ticket> CheckIn(const Arrival& arrival, const Viewer& viewer);
  //   errors   TICKET_NOT_FOUND, TICKET_NOT_WAITING, TICKET_NOT_READY
  Result<Ticket> CallOutOfTurn(const Id<Ticket>& id, const Viewer& viewer, std::string_view actor_name,
                               std::string_view reason);

  // Facts from the other services; tickets follow.
  Result<void> TripChanged(const TripFacts& facts, Instant event_time);
  Result<void> FeeChanged(const Id<Trip>& trip_id, const std::string& gate_id, bool settled);
  Result<void> TruckPassed(const Passing& passing, const std::string& gate_id);

  // Ends the calls of a gate that have run out and calls whoever is next.
  Result<void> ExpireCalls(const std::string& gate_id);

  // What is to be told, in order; empties the list.
  std::vector<NewEvent> TakeEvents() { return std::exchange(events_, {}); }
  // Appends it. Last in the transaction.
  Result<void> Tell();

 private:
  // Locks the gate and reads its plan; everything below is about that gate.
  Result<void> Open(const std::string& gate_id);
  Result<void> CallForward();
  Result<void> Call(Ticket& ticket);
  Result<void> RefreshWait(Ticket& ticket, const TripFacts& facts);
  Result<void> MissCall(Ticket& ticket);
  Result<void> Pass(Ticket& ticket, const Passing& passing);
  Result<void> Close(Ticket& ticket, std::string_view reason);
  Result<Ticket> Admit(const Yard& yard, const TripFacts& facts);
  Result<TripFacts> ExpectedTrip(const Arrival& arrival, const Yard& yard);
  // The facts of a ticket's trip.
  Result<TripFacts> FactsOf(const Ticket& ticket);

  // Adds an entry to the order log of the gate, and the gate's counters with it.
  Result<void> Log(std::string_view kind, const Ticket& ticket, std::map<std::string, std::string> details,
                   std::string_view reason = "", std::string_view actor = "",
                   std::string_view actor_name = "");
  Result<void> Write(OrderEntry entry);
  // The ticket as it is now, with its place.
  Result<void> Note(std::string_view kind, const Ticket& ticket, std::string_view reason = "",
                    std::string_view actor = "");

  YardStore& store_;
  const EventBodies& bodies_;
  IdMaker& ids_;
  Origin origin_;
  Instant now_;
  GateHead head_;
  HoldingPlan plan_;
  std::vector<NewEvent> events_;
};

}  // namespace bordergate::yard
