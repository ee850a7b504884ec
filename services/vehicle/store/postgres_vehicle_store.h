// VehicleStore in PostgreSQL. Lives for one transaction.
#pragma once

#include "libs/db/postgres_store.h"
#include "services/vehicle/domain/vehicle_store.h"

namespace bordergate::vehicle {

class PostgresVehicleStore final : public db::PostgresStore<VehicleStore> {
 public:
  using PostgresStore::PostgresStore;

  Result<void> AddEnterprise(const Enterprise& enterprise) override;
  Result<Enterprise> FindEnterprise(const Id<Enterprise>& id) override;
  Result<void> AddVehicle(const Vehicle& vehicle) override;
  Result<Vehicle> FindVehicle(const Id<Vehicle>& id) override;
  Result<Vehicle> LockVehicle(const Id<Vehicle>& id) override;
  Result<void> ChangeTag(const Vehicle& vehicle) override;
  Result<Vehicle> FindVehicleByPlate(std::string_view plate_key) override;
  Result<PageOf<Vehicle>> ListVehicles(const std::optional<Id<Enterprise>>& owner, const Page& page) override;
  Result<void> AddDriver(const Driver& driver) override;
  Result<Driver> FindDriver(const Id<Driver>& id) override;
  Result<PageOf<Driver>> ListDrivers(const Id<Enterprise>& owner, const Page& page) override;
  Result<void> AddWatchListEntry(const WatchListEntry& entry) override;
  Result<WatchListEntry> LockWatchListEntry(const Id<WatchListEntry>& id) override;
  Result<void> EndWatchListEntry(const WatchListEntry& entry, std::string_view removed_by,
                                 std::string_view reason) override;
  Result<PageOf<WatchListEntry>> ListWatchList(const Page& page) override;
};

}  // namespace bordergate::vehicle
