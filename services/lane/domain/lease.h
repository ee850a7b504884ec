// Which of several lane programs at one gate a ticket is leased to: the one that may let its truck in by
// itself.
//
// Programs hear of each other's passages through the centre alone. While it is away nobody could tell two of
// them that a ticket was used, so each ticket belongs to one of them from the start, by a rule that all know
// and nobody has to tell. The lease has no end of its own: a program that is cut off cannot say that it used
// one before it ran out, so nobody else could take it over.
#pragma once

#include <string_view>

namespace bordergate::lane {

// Of all programs of the gate, which one this is.
struct LeaseShare {
  int number = 1;  // 1 to `of`
  int of = 1;      // 1: this program has all lanes of the gate, and every ticket is its own
};

// The same answer in every program, on every machine. Pure.
bool HoldsLease(const LeaseShare& share, std::string_view trip_id);

}  // namespace bordergate::lane
