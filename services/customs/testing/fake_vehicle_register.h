// The vehicle service as a test wants it: which plates and drivers there are, and whether it answers.
#pragma once

#include <set>

#include "libs/core/reasons.h"
#include "libs/plate/plate.h"
#include "services/customs/domain/reasons.h"
#include "services/customs/domain/vehicle_register.h"

namespace bordergate::customs {

struct FakeVehicles {
  std::set<std::string, std::less<>> plate_keys;
  std::set<std::string, std::less<>> driver_ids;
  bool is_down = false;
};

class FakeVehicleRegister final : public VehicleRegister {
 public:
  explicit FakeVehicleRegister(const FakeVehicles& vehicles) : vehicles_(vehicles) {}

  Result<Id<Vehicle>> FindVehicle(std::string_view plate) override {
    if (vehicles_.is_down) return Error(kServiceUnavailable, "vehicle cannot be reached");
    const std::string key = PlateKey(plate);
    if (!vehicles_.plate_keys.contains(key)) return Error(kVehicleNotFound, "no vehicle has this plate");
    return Id<Vehicle>("vehicle_" + key);
  }
  Result<void> FindDriver(const Id<Driver>& id) override {
    if (vehicles_.is_down) return Error(kServiceUnavailable, "vehicle cannot be reached");
    if (!vehicles_.driver_ids.contains(id.value())) return Error(kDriverNotFound, "there is no such driver");
    return {};
  }

 private:
  const FakeVehicles& vehicles_;
};

}  // namespace bordergate::customs
