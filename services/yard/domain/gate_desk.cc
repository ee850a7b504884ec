#include "services/yard/domain/gate_desk.h"

#include <algorithm>

#include "libs/core/check.h"
#include "libs/core/reasons.h"
#include "services/yard/domain/reasons.h"

namespace bordergate::yard {

bool Viewer::MaySeeGate(const std::string& gate_id) const {
  return gate_ids.empty() || std::find(gate_ids.begin(), gate_ids.end(), gate_id) != gate_ids.end();
}

bool Viewer::MaySee(const Ticket& ticket) const {
  if (enterprise_id) return ticket.enterprise_id == *enterprise_id;
  return MaySeeGate(ticket.gate_id);
}

Result<Yard> GateDesk::PutYard(Yard yard) {
  BG_TRY(Open(yard.gate_id));
  const Result<Yard> before = store_.LockYard(yard.id);
  if (!before && !before.error().Is(kYardNotFound)) return before.error();
  if (before) {
    FieldChecks checks;
    checks.Require(before->gate_id == yard.gate_id || before->occupied_count == 0, "gate_id",
                   "YARD_NOT_EMPTY", "must stay as it is while trucks stand in the yard");
    checks.Require(yard.slot_count >= before->occupied_count, "slot_count", "SLOT_COUNT_BELOW_OCCUPIED",
                   "must not be below the number of trucks inside");
    BG_TRY(checks.Done());
    yard.occupied_count = before->occupied_count;
  }
  BG_TRY(store_.SaveYard(yard));
  events_.push_back({"yard.put", origin_.actor, origin_.trace_id, bodies_.Of(yard)});
  return yard;
}

Result<HoldingPlan> GateDesk::PutPlan(HoldingPlan plan) {
  BG_TRY(Open(plan.gate_id));
  plan.create_time = now_;
  plan_ = BG_TRY(store_.AddPlan(std::move(plan)));
  events_.push_back({"holding_plan.put", origin_.actor, origin_.trace_id, bodies_.Of(plan_)});
  BG_TRY(Write({.kind = "plan",
                .details = {{"version", std::to_string(plan_.version)},
                            {"called_max", std::to_string(plan_.called_max)},
                            {"call_valid_s", std::to_string(plan_.call_valid.count())},
                            {"perishable_of_ten", std::to_string(plan_.perishable_of_ten)},
                            {"cleared_only", plan_.cleared_only ? "1" : "0"},
                            {"fee_settled_only", plan_.fee_settled_only ? "1" : "0"}},
                .actor = origin_.actor}));
  // What a ticket lacks depends on what the plan asks for.
  std::vector<Ticket> waiting = BG_TRY(store_.ListWaiting(plan_.gate_id));
  for (Ticket& ticket : waiting) BG_TRY(RefreshWait(ticket, BG_TRY(FactsOf(ticket))));
  BG_TRY(CallForward());
  return plan_;
}

Result<Ticket> GateDesk::CheckIn(const Arrival& arrival, const Viewer& viewer) {
  const Yard seen = BG_TRY(store_.FindYard(arrival.yard_id));
  if (!viewer.MaySeeGate(seen.gate_id)) return Error(kYardNotFound, "there is no such yard");
  BG_TRY(Open(seen.gate_id));
  const Yard yard = BG_TRY(store_.LockYard(arrival.yard_id));
  if (yard.gate_id != seen.gate_id) return Error(kConflict, "the yard was given to another gate just now");
  const TripFacts facts = BG_TRY(ExpectedTrip(arrival, yard));
  const auto known = BG_TRY(store_.FindTicketOfTrip(facts.trip_id));
  const bool is_inside =
      known && (known->state == TicketState::kWaiting || known->state == TicketState::kCalled);
  const Ticket ticket = is_inside ? *known : BG_TRY(Admit(yard, facts));
  if (!is_inside) BG_TRY(CallForward());
  return store_.FindTicket(ticket.id);
}

Result<TripFacts> GateDesk::ExpectedTrip(const Arrival& arrival, const Yard& yard) {
  const std::optional<TripFacts> facts = arrival.trip_id.empty()
                                             ? BG_TRY(store_.FindOpenTrip(yard.gate_id, arrival.plate_key))
                                             : BG_TRY(store_.FindTrip(arrival.trip_id));
  if (!facts || !IsOpen(facts->state) || facts->gate_id != yard.gate_id) {
    return Error(kTripNotExpected, "no open trip of this truck is expected at the gate");
  }
  return *facts;
}

Result<Ticket> GateDesk::Admit(const Yard& yard, const TripFacts& facts) {
  BG_TRY(store_.TakeSlot(yard.id));
  Ticket ticket{.id = ids_.New<Ticket>("ticket"),
                .trip_id = facts.trip_id,
                .yard_id = yard.id,
                .gate_id = yard.gate_id,
                .enterprise_id = facts.enterprise_id,
                .number = ++head_.last_number,
                .wait = WaitOf(plan_, facts),
                .perishable = facts.perishable,
                .check_in_time = now_};
  BG_TRY(store_.AddTicket(ticket));
  BG_TRY(Log("check_in", ticket,
             {{"perishable", ticket.perishable ? "1" : "0"}, {"wait", std::string(NameOf(*ticket.wait))}}));
  BG_TRY(Note("ticket.checked_in", ticket));
  return ticket;
}

Result<Ticket> GateDesk::CallOutOfTurn(const Id<Ticket>& id, const Viewer& viewer,
                                       std::string_view actor_name, std::string_view reason) {
  const Ticket seen = BG_TRY(store_.FindTicket(id));
  if (!viewer.MaySee(seen)) return Error(kTicketNotFound, "there is no such ticket");
  BG_TRY(Open(seen.gate_id));
  Ticket ticket = BG_TRY(store_.FindTicket(id));
  if (ticket.state != TicketState::kWaiting) return Error(kTicketNotWaiting, "the ticket does not wait");
  if (ticket.wait != Wait::kTurn) {
    return Error(kTicketNotReady, "the trip is held, or lacks what the plan asks for")
        .With("wait", std::string(NameOf(*ticket.wait)));
  }
  BG_TRY(Log("out_of_turn", ticket, {}, reason, origin_.actor, actor_name));
  BG_TRY(Call(ticket));
  BG_TRY(Note("ticket.called_out_of_turn", ticket, reason));
  return ticket;
}

Result<void> GateDesk::TripChanged(const TripFacts& facts, Instant event_time) {
  BG_TRY(Open(facts.gate_id));
  BG_TRY(store_.SaveTrip(facts));
  std::optional<Ticket> ticket = BG_TRY(store_.FindTicketOfTrip(facts.trip_id));
  if (!ticket) return {};
  if (facts.state == TripState::kCrossed) {
    return Pass(*ticket, {.passage_id = "", .trip_id = facts.trip_id, .pass_time = event_time});
  }
  if (facts.state == TripState::kCancelled) return Close(*ticket, "TRIP_CANCELLED");
  BG_TRY(RefreshWait(*ticket, BG_TRY(FactsOf(*ticket))));
  return CallForward();
}

Result<void> GateDesk::FeeChanged(const Id<Trip>& trip_id, const std::string& gate_id, bool settled) {
  BG_TRY(Open(gate_id));
  BG_TRY(store_.SaveFee(trip_id, settled));
  std::optional<Ticket> ticket = BG_TRY(store_.FindTicketOfTrip(trip_id));
  if (!ticket) return {};
  BG_TRY(RefreshWait(*ticket, BG_TRY(FactsOf(*ticket))));
  return CallForward();
}

Result<void> GateDesk::TruckPassed(const Passing& passing, const std::string& gate_id) {
  // The ticket's own gate, should the truck have been let through at another.
  const std::optional<Ticket> seen = BG_TRY(store_.FindTicketOfTrip(passing.trip_id));
  BG_TRY(Open(seen ? seen->gate_id : gate_id));
  BG_TRY(store_.MarkCrossed(passing.trip_id));
  std::optional<Ticket> ticket = BG_TRY(store_.FindTicketOfTrip(passing.trip_id));
  if (!ticket) return {};
  return Pass(*ticket, passing);
}

Result<void> GateDesk::ExpireCalls(const std::string& gate_id) {
  BG_TRY(Open(gate_id));
  std::vector<Ticket> expired = BG_TRY(store_.ListExpiredCalls(gate_id, now_));
  for (Ticket& ticket : expired) BG_TRY(MissCall(ticket));
  return CallForward();
}

Result<void> GateDesk::Tell() {
  for (const NewEvent& event : TakeEvents()) BG_TRY(store_.Append(event));
  return {};
}

}  // namespace bordergate::yard
