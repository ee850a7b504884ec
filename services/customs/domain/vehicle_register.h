// What customs asks the vehicle service: whether a truck and a driver are registered by the declaring
// enterprise. Asked on behalf of the enterprise, so that another's truck answers as if it did not exist.
#pragma once

#include "libs/core/result.h"
#include "services/customs/domain/trip.h"

namespace bordergate::customs {

class VehicleRegister {
 public:
  virtual ~VehicleRegister() = default;

  // The vehicle under a plate, however it is written.
  //   errors   VEHICLE_NOT_FOUND, SERVICE_UNAVAILABLE, DEADLINE_EXCEEDED
  virtual Result<Id<Vehicle>> FindVehicle(std::string_view plate) = 0;
  //   errors   DRIVER_NOT_FOUND, SERVICE_UNAVAILABLE, DEADLINE_EXCEEDED
  virtual Result<void> FindDriver(const Id<Driver>& id) = 0;
};

}  // namespace bordergate::customs
