// VehicleRegister by the vehicle service's own calls.
#pragma once

#include "libs/rpc/channel.h"
#include "services/customs/domain/vehicle_register.h"

namespace bordergate::customs {

// Asks within one call: the caller's assertion goes along, so vehicle decides what the caller may see.
class VehicleClient final : public VehicleRegister {
 public:
  VehicleClient(rpc::Channel& vehicle, rpc::CallOptions options)
      : vehicle_(vehicle), options_(std::move(options)) {}

  Result<Id<Vehicle>> FindVehicle(std::string_view plate) override;
  Result<void> FindDriver(const Id<Driver>& id) override;

 private:
  rpc::Channel& vehicle_;
  rpc::CallOptions options_;
};

}  // namespace bordergate::customs
