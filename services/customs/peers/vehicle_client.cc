#include "services/customs/peers/vehicle_client.h"

#include "bordergate/vehicle/v1/vehicle_service.rpc.h"

namespace bordergate::customs {

namespace methods = vehicle::v1::vehicle_service;

Result<Id<Vehicle>> VehicleClient::FindVehicle(std::string_view plate) {
  methods::FindVehicle::Request request;
  request.set_plate(std::string(plate));
  return Id<Vehicle>(BG_TRY(vehicle_.Call<methods::FindVehicle>(options_, request)).vehicle().vehicle_id());
}

Result<void> VehicleClient::FindDriver(const Id<Driver>& id) {
  methods::GetDriver::Request request;
  request.set_driver_id(id.value());
  BG_TRY(vehicle_.Call<methods::GetDriver>(options_, request));
  return {};
}

}  // namespace bordergate::customs
