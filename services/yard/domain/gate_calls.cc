// The part of GateDesk that moves tickets: calls, missed calls, passages, ends, and the log of it all.
#include "libs/core/check.h"
#include "services/yard/domain/gate_desk.h"

namespace bordergate::yard {
namespace {

constexpr char kYardItself[] = "service:yard";

}  // namespace

Result<void> GateDesk::Open(const std::string& gate_id) {
  head_ = BG_TRY(store_.LockGate(gate_id));
  plan_ = BG_TRY(store_.CurrentPlan(gate_id));
  return {};
}

Result<TripFacts> GateDesk::FactsOf(const Ticket& ticket) {
  const std::optional<TripFacts> facts = BG_TRY(store_.FindTrip(ticket.trip_id));
  BG_CHECK(facts.has_value(), "a ticket is made only for a trip that customs told of");
  return *facts;
}

Result<void> GateDesk::CallForward() {
  const int called_count = BG_TRY(store_.CountCalled(head_.gate_id));
  if (called_count >= plan_.called_max) return {};
  std::vector<Ticket> ready = BG_TRY(store_.ListFirstReady(head_.gate_id, plan_.called_max - called_count));
  std::vector<Candidate> candidates;
  candidates.reserve(ready.size());
  for (const Ticket& ticket : ready) candidates.push_back({ticket.id, ticket.number, ticket.perishable});
  for (const Id<Ticket>& id : NextCalls(plan_, called_count, head_.calls_made, std::move(candidates))) {
    Ticket& ticket =
        *std::find_if(ready.begin(), ready.end(), [&](const Ticket& one) { return one.id == id; });
    const int64_t turn = head_.calls_made++;
    BG_TRY(Log("call", ticket, {{"turn", std::to_string(turn)}}, "", kYardItself));
    BG_TRY(Call(ticket));
    BG_TRY(Note("ticket.called", ticket, "", kYardItself));
  }
  return {};
}

Result<void> GateDesk::Call(Ticket& ticket) {
  ticket.state = TicketState::kCalled;
  ticket.wait.reset();
  ticket.ahead_count = 0;
  ticket.call_time = now_;
  ticket.call_expire_time = now_ + plan_.call_valid;
  ++ticket.call_count;
  return store_.SaveTicket(ticket);
}

Result<void> GateDesk::RefreshWait(Ticket& ticket, const TripFacts& facts) {
  const Wait wait = WaitOf(plan_, facts);
  if (ticket.state != TicketState::kWaiting || ticket.wait == wait) return {};
  ticket.wait = wait;
  BG_TRY(store_.SaveTicket(ticket));
  return Log("wait", ticket, {{"wait", std::string(NameOf(wait))}});
}

Result<void> GateDesk::MissCall(Ticket& ticket) {
  const Wait wait = WaitOf(plan_, BG_TRY(FactsOf(ticket)));
  const AfterMissedCall judgement = JudgeMissedCall(ticket, wait);
  if (judgement == AfterMissedCall::kIsClosed) {
    ++ticket.missed_count;
    return Close(ticket, "CALL_EXPIRED_TWICE");
  }
  const Ticket before = ticket;
  ticket.state = TicketState::kWaiting;
  ticket.wait = wait;
  if (judgement == AfterMissedCall::kGoesToTheEnd) {
    ticket.number = ++head_.last_number;
    ++ticket.missed_count;
  }
  BG_TRY(Log("expire", before,
             {{"number", std::to_string(ticket.number)}, {"wait", std::string(NameOf(wait))}}, "",
             kYardItself));
  BG_TRY(store_.SaveTicket(ticket));
  return Note("ticket.call_expired", ticket, "", kYardItself);
}

Result<void> GateDesk::Pass(Ticket& ticket, const Passing& passing) {
  if (ticket.state == TicketState::kPassed) return {};
  // One whose call had run out by the time a lane that was cut off could tell has no slot any more.
  const bool has_slot = ticket.state != TicketState::kClosed;
  std::map<std::string, std::string> details;
  if (!passing.passage_id.empty()) details["passage_id"] = passing.passage_id;
  BG_TRY(Log("pass", ticket, details));
  ticket.state = TicketState::kPassed;
  ticket.wait.reset();
  ticket.ahead_count = 0;
  ticket.pass_time = passing.pass_time;
  BG_TRY(store_.SaveTicket(ticket));
  if (has_slot) BG_TRY(store_.FreeSlot(ticket.yard_id));
  BG_TRY(Note("ticket.passed", ticket));
  return CallForward();
}

Result<void> GateDesk::Close(Ticket& ticket, std::string_view reason) {
  if (ticket.state == TicketState::kPassed || ticket.state == TicketState::kClosed) return {};
  BG_TRY(Log("close", ticket, {}, reason));
  ticket.state = TicketState::kClosed;
  ticket.wait.reset();
  ticket.ahead_count = 0;
  BG_TRY(store_.SaveTicket(ticket));
  BG_TRY(store_.FreeSlot(ticket.yard_id));
  BG_TRY(Note("ticket.closed", ticket, reason));
  return CallForward();
}

Result<void> GateDesk::Log(std::string_view kind, const Ticket& ticket,
                           std::map<std::string, std::string> details, std::string_view reason,
                           std::string_view actor, std::string_view actor_name) {
  return Write({.kind = std::string(kind),
                .ticket_id = ticket.id.value(),
                .number = ticket.number,
                .details = std::move(details),
                .actor = std::string(actor.empty() ? origin_.actor : actor),
                .actor_name = std::string(actor_name),
                .reason = std::string(reason)});
}

Result<void> GateDesk::Write(OrderEntry entry) {
  entry.gate_id = head_.gate_id;
  entry.position = ++head_.log_position;
  entry.time = now_;
  entry.digest = DigestOf(entry, head_.log_digest);
  head_.log_digest = entry.digest;
  BG_TRY(store_.AddOrderEntry(entry));
  return store_.SaveGate(head_);
}

Result<void> GateDesk::Note(std::string_view kind, const Ticket& ticket, std::string_view reason,
                            std::string_view actor) {
  const Ticket shown = BG_TRY(store_.FindTicket(ticket.id));
  events_.push_back({std::string(kind), std::string(actor.empty() ? origin_.actor : actor), origin_.trace_id,
                     bodies_.Of(shown, reason)});
  return {};
}

}  // namespace bordergate::yard
