// Whose turn it is: the published rule as pure functions.
//
// A ticket is ready when its trip is not held and has what the plan asks for. Ready tickets are called while
// fewer than called_max are called and not yet through, strictly by number, except for the share of fresh
// vegetables and fruit: calls are counted, and of every ten as many as the plan says go first to the first
// ready ticket with such goods (spread evenly over the ten; when none is ready, to the first ready of all).
//
// A ticket that is not ready is passed over and keeps its number: it is called as soon as it is ready and its
// turn comes. A call that runs out sends the truck to the end of the order once, with a new number; the
// second time the ticket is closed. A call that runs out while the trip is no longer ready is not the
// driver's fault: the ticket waits again under its old number.
#pragma once

#include <vector>

#include "services/yard/domain/holding_plan.h"
#include "services/yard/domain/ticket.h"

namespace bordergate::yard {

// What the trip still lacks under the plan; kTurn when nothing.
Wait WaitOf(const HoldingPlan& plan, const TripFacts& facts);

// Whether the call after `calls_made` others goes first to fresh vegetables and fruit.
bool IsPerishableTurn(const HoldingPlan& plan, int64_t calls_made);

// A ready ticket.
struct Candidate {
  Id<Ticket> id;
  int64_t number = 0;
  bool perishable = false;
};

// The tickets to call now, in this order.
//   called_count   called and not yet through
//   calls_made     calls in turn the gate has ever made
//   ready          by number; at least the first called_max of all and the first called_max with fresh goods
std::vector<Id<Ticket>> NextCalls(const HoldingPlan& plan, int called_count, int64_t calls_made,
                                  std::vector<Candidate> ready);

enum class AfterMissedCall { kKeepsItsPlace, kGoesToTheEnd, kIsClosed };

//   ticket   its call ran out
//   wait     what its trip lacks now
AfterMissedCall JudgeMissedCall(const Ticket& ticket, Wait wait);

}  // namespace bordergate::yard
