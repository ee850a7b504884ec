// What yard refuses, besides the reasons of libs/core/reasons.h.
#pragma once

#include "libs/core/result.h"

namespace bordergate::yard {

// There is no such yard, or it feeds a gate the caller is not posted to.
// Caller: compare the id.
inline constexpr Reason kYardNotFound{"YARD_NOT_FOUND", Code::kNotFound};

// No open trip of this id or plate is expected at the yard's gate.
// Caller: compare plate and gate; a trip just declared is known a moment later; otherwise declare it first.
inline constexpr Reason kTripNotExpected{"TRIP_NOT_EXPECTED", Code::kFailedPrecondition};

// Every slot of the yard is taken.
// Caller: wait until a truck leaves, or use another yard of the gate.
inline constexpr Reason kYardFull{"YARD_FULL", Code::kFailedPrecondition};

// There is no such ticket, or it is not the caller's to see.
// Caller: compare the id.
inline constexpr Reason kTicketNotFound{"TICKET_NOT_FOUND", Code::kNotFound};

// The ticket is called, passed or closed.
// Caller: read the ticket; there is nothing to call.
inline constexpr Reason kTicketNotWaiting{"TICKET_NOT_WAITING", Code::kFailedPrecondition};

// An agency holds the trip, or what the holding plan asks for is missing (metadata wait).
// Caller: see to that first; nobody is called past it, in turn or out of turn.
inline constexpr Reason kTicketNotReady{"TICKET_NOT_READY", Code::kFailedPrecondition};

}  // namespace bordergate::yard
