// What the rules of yard need to load and save, in one transaction.
#pragma once

#include <optional>
#include <vector>

#include "libs/core/paging.h"
#include "libs/core/unit_of_work.h"
#include "services/yard/domain/holding_plan.h"
#include "services/yard/domain/order_log.h"
#include "services/yard/domain/ticket.h"

namespace bordergate::yard {

// What a gate counts. Its row is the lock under which the gate's order changes.
struct GateHead {
  std::string gate_id;
  int64_t last_number = 0;
  int64_t calls_made = 0;  // in turn
  int64_t log_position = 0;
  std::string log_digest = FirstDigest();
};

// Who looks: an enterprise sees its own, an officer what belongs to their gates.
struct Viewer {
  std::optional<Id<Enterprise>> enterprise_id;  // set for an enterprise
  std::vector<std::string> gate_ids;            // empty: all

  bool MaySee(const Ticket& ticket) const;
  bool MaySeeGate(const std::string& gate_id) const;
};

struct TicketFilter {
  Viewer viewer;
  std::string gate_id;  // empty: all
  std::optional<TicketState> state;
  std::string trip_id;  // empty: all
};

// The last ticket of a page; empty gate for the first page.
struct TicketKey {
  std::string gate_id;
  int64_t number = 0;
};

struct TicketPage {
  int size = 50;
  TicketKey after;
};

class YardStore : public Store {
 public:
  // Locks the gate until the transaction ends; makes its row on first use. Before any change of its order.
  virtual Result<GateHead> LockGate(const std::string& gate_id) = 0;
  virtual Result<void> SaveGate(const GateHead& head) = 0;
  // As it is; one that never was counts nothing.
  virtual Result<GateHead> FindGate(const std::string& gate_id) = 0;
  virtual Result<std::vector<GateHead>> ListGates() = 0;
  virtual Result<std::vector<std::string>> ListGatesWithExpiredCalls(Instant now) = 0;

  // errors   YARD_NOT_FOUND
  virtual Result<Yard> FindYard(const Id<Yard>& id) = 0;
  // Locks it. errors   YARD_NOT_FOUND
  virtual Result<Yard> LockYard(const Id<Yard>& id) = 0;
  // Everything but the occupied slots.
  virtual Result<void> SaveYard(const Yard& yard) = 0;
  // By id.
  virtual Result<PageOf<Yard>> ListYards(const Page& page) = 0;
  // errors   YARD_FULL
  virtual Result<void> TakeSlot(const Id<Yard>& id) = 0;
  virtual Result<void> FreeSlot(const Id<Yard>& id) = 0;

  // Gives it the next version of its gate.
  virtual Result<HoldingPlan> AddPlan(HoldingPlan plan) = 0;
  // The newest version; version 0 when there is none.
  virtual Result<HoldingPlan> CurrentPlan(const std::string& gate_id) = 0;
  // Newest first; of one gate, or of all.
  virtual Result<PageOf<HoldingPlan>> ListPlans(std::string_view gate_id, const NumberPage& page) = 0;

  // What customs told; a trip that has crossed stays so. Fee's word is kept apart.
  virtual Result<void> SaveTrip(const TripFacts& facts) = 0;
  virtual Result<void> SaveFee(const Id<Trip>& trip_id, bool settled) = 0;
  virtual Result<void> MarkCrossed(const Id<Trip>& trip_id) = 0;
  // Nothing until customs has told of it.
  virtual Result<std::optional<TripFacts>> FindTrip(const Id<Trip>& id) = 0;
  virtual Result<std::optional<TripFacts>> FindOpenTrip(const std::string& gate_id,
                                                        std::string_view plate_key) = 0;

  virtual Result<void> AddTicket(const Ticket& ticket) = 0;
  virtual Result<void> SaveTicket(const Ticket& ticket) = 0;
  // With its ahead_count. errors   TICKET_NOT_FOUND
  virtual Result<Ticket> FindTicket(const Id<Ticket>& id) = 0;
  // The trip's ticket that waits or is called; otherwise its last one.
  virtual Result<std::optional<Ticket>> FindTicketOfTrip(const Id<Trip>& trip_id) = 0;
  // By number.
  virtual Result<std::vector<Ticket>> ListWaiting(const std::string& gate_id) = 0;
  // By number: the first `count` ready tickets, and the first `count` ready ones with fresh goods.
  virtual Result<std::vector<Ticket>> ListFirstReady(const std::string& gate_id, int count) = 0;
  // Oldest call first.
  virtual Result<std::vector<Ticket>> ListExpiredCalls(const std::string& gate_id, Instant now) = 0;
  virtual Result<int> CountCalled(const std::string& gate_id) = 0;
  // By gate, then by number, each with its ahead_count; one more than the page holds when there are more.
  virtual Result<std::vector<Ticket>> ListTickets(const TicketFilter& filter, const TicketPage& page) = 0;

  virtual Result<void> AddOrderEntry(const OrderEntry& entry) = 0;
  virtual Result<std::vector<OrderEntry>> ReadOrderLog(const std::string& gate_id, int64_t after_position,
                                                       int count_max) = 0;
};

}  // namespace bordergate::yard
