// YardStore in PostgreSQL. Lives for one transaction.
#pragma once

#include "libs/db/postgres_store.h"
#include "services/yard/domain/yard_store.h"

namespace bordergate::yard {

class PostgresYardStore final : public db::PostgresStore<YardStore> {
 public:
  using PostgresStore::PostgresStore;

  Result<GateHead> LockGate(const std::string& gate_id) override;
  Result<void> SaveGate(const GateHead& head) override;
  Result<GateHead> FindGate(const std::string& gate_id) override;
  Result<std::vector<GateHead>> ListGates() override;
  Result<std::vector<std::string>> ListGatesWithExpiredCalls(Instant now) override;

  Result<Yard> FindYard(const Id<Yard>& id) override;
  Result<Yard> LockYard(const Id<Yard>& id) override;
  Result<void> SaveYard(const Yard& yard) override;
  Result<PageOf<Yard>> ListYards(const Page& page) override;
  Result<void> TakeSlot(const Id<Yard>& id) override;
  Result<void> FreeSlot(const Id<Yard>& id) override;

  Result<HoldingPlan> AddPlan(HoldingPlan plan) override;
  Result<HoldingPlan> CurrentPlan(const std::string& gate_id) override;
  Result<PageOf<HoldingPlan>> ListPlans(std::string_view gate_id, const NumberPage& page) override;

  Result<void> SaveTrip(const TripFacts& facts) override;
  Result<void> SaveFee(const Id<Trip>& trip_id, bool settled) override;
  Result<void> MarkCrossed(const Id<Trip>& trip_id) override;
  Result<std::optional<TripFacts>> FindTrip(const Id<Trip>& id) override;
  Result<std::optional<TripFacts>> FindOpenTrip(const std::string& gate_id,
                                                std::string_view plate_key) override;

  Result<void> AddTicket(const Ticket& ticket) override;
  Result<void> SaveTicket(const Ticket& ticket) override;
  Result<Ticket> FindTicket(const Id<Ticket>& id) override;
  Result<std::optional<Ticket>> FindTicketOfTrip(const Id<Trip>& trip_id) override;
  Result<std::vector<Ticket>> ListWaiting(const std::string& gate_id) override;
  Result<std::vector<Ticket>> ListFirstReady(const std::string& gate_id, int count) override;
  Result<std::vector<Ticket>> ListExpiredCalls(const std::string& gate_id, Instant now) override;
  Result<int> CountCalled(const std::string& gate_id) override;
  Result<std::vector<Ticket>> ListTickets(const TicketFilter& filter, const TicketPage& page) override;

  Result<void> AddOrderEntry(const OrderEntry& entry) override;
  Result<std::vector<OrderEntry>> ReadOrderLog(const std::string& gate_id, int64_t after_position,
                                               int count_max) override;
};

}  // namespace bordergate::yard
