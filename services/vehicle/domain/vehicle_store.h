// What the rules of vehicle need to load and save, in one transaction.
#pragma once

#include <optional>

#include "libs/core/paging.h"
#include "libs/core/unit_of_work.h"
#include "services/vehicle/domain/driver.h"
#include "services/vehicle/domain/enterprise.h"
#include "services/vehicle/domain/vehicle.h"
#include "services/vehicle/domain/watch_list.h"

namespace bordergate::vehicle {

class VehicleStore : public Store {
 public:
  // errors   ENTERPRISE_ALREADY_REGISTERED, TAX_CODE_TAKEN
  virtual Result<void> AddEnterprise(const Enterprise& enterprise) = 0;
  // errors   ENTERPRISE_NOT_FOUND
  virtual Result<Enterprise> FindEnterprise(const Id<Enterprise>& id) = 0;

  // errors   PLATE_TAKEN, VIN_TAKEN, TAG_TAKEN
  virtual Result<void> AddVehicle(const Vehicle& vehicle) = 0;
  // errors   VEHICLE_NOT_FOUND
  virtual Result<Vehicle> FindVehicle(const Id<Vehicle>& id) = 0;
  // Locks it. errors   VEHICLE_NOT_FOUND
  virtual Result<Vehicle> LockVehicle(const Id<Vehicle>& id) = 0;
  // Keeps its tag_id. errors   TAG_TAKEN
  virtual Result<void> ChangeTag(const Vehicle& vehicle) = 0;
  // errors   VEHICLE_NOT_FOUND
  virtual Result<Vehicle> FindVehicleByPlate(std::string_view plate_key) = 0;
  // Newest first; of one enterprise, or of all.
  virtual Result<PageOf<Vehicle>> ListVehicles(const std::optional<Id<Enterprise>>& owner,
                                               const Page& page) = 0;

  // errors   DOCUMENT_TAKEN
  virtual Result<void> AddDriver(const Driver& driver) = 0;
  // errors   DRIVER_NOT_FOUND
  virtual Result<Driver> FindDriver(const Id<Driver>& id) = 0;
  // Newest first.
  virtual Result<PageOf<Driver>> ListDrivers(const Id<Enterprise>& owner, const Page& page) = 0;

  // errors   PLATE_ALREADY_WATCHED
  virtual Result<void> AddWatchListEntry(const WatchListEntry& entry) = 0;
  // Locks it. errors   WATCH_LIST_ENTRY_NOT_FOUND
  virtual Result<WatchListEntry> LockWatchListEntry(const Id<WatchListEntry>& id) = 0;
  virtual Result<void> EndWatchListEntry(const WatchListEntry& entry, std::string_view removed_by,
                                         std::string_view reason) = 0;
  // Those in force, newest first.
  virtual Result<PageOf<WatchListEntry>> ListWatchList(const Page& page) = 0;
};

}  // namespace bordergate::vehicle
