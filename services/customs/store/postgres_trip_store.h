// TripStore in PostgreSQL. Lives for one transaction.
#pragma once

#include "libs/db/postgres_store.h"
#include "services/customs/domain/trip_store.h"

namespace bordergate::customs {

class PostgresTripStore final : public db::PostgresStore<TripStore> {
 public:
  using PostgresStore::PostgresStore;

  Result<void> AddTrip(const Trip& trip) override;
  Result<Trip> FindTrip(const Id<Trip>& id) override;
  Result<Trip> LockTrip(const Id<Trip>& id) override;
  Result<void> SaveProgress(const Trip& trip) override;
  Result<std::optional<Id<Trip>>> FindOpenTrip(std::string_view plate_key) override;
  Result<PageOf<Trip>> ListTrips(const TripFilter& filter, const Page& page) override;
  Result<bool> AddCrossing(const Crossing& crossing, std::optional<TripState> found_in) override;
  Result<Workflow> AddWorkflow(Workflow workflow) override;
  Result<std::optional<Workflow>> CurrentWorkflow(std::string_view gate_id, Direction direction) override;
  Result<PageOf<Workflow>> ListWorkflows(std::string_view gate_id, const NumberPage& page) override;

 private:
  Result<Trip> One(const db::Rows& rows);
  // Goods and steps of trips that were read without.
  Result<void> FillIn(std::vector<Trip>& trips);
  Result<void> AddGoods(const Trip& trip);
  Result<void> AddSteps(const Trip& trip);
  Result<std::vector<WorkflowStep>> StepsOf(int64_t workflow_id);
};

}  // namespace bordergate::customs
