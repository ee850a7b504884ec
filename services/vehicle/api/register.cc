#include "bordergate/vehicle/v1/vehicle_service.rpc.h"

#include "libs/core/event_source.h"
#include "libs/rpc/server.h"
#include "libs/rpc/watch.h"
#include "services/vehicle/api/vehicle_api.h"

namespace bordergate::vehicle {

void Register(rpc::Server& server, VehicleApi& api, EventSource& events) {
  namespace methods = v1::vehicle_service;
  server.Add<methods::RegisterEnterprise>(std::bind_front(&VehicleApi::RegisterEnterprise, &api));
  server.Add<methods::GetEnterprise>(std::bind_front(&VehicleApi::GetEnterprise, &api));
  server.Add<methods::RegisterVehicle>(std::bind_front(&VehicleApi::RegisterVehicle, &api));
  server.Add<methods::SetVehicleTag>(std::bind_front(&VehicleApi::SetVehicleTag, &api));
  server.Add<methods::GetVehicle>(std::bind_front(&VehicleApi::GetVehicle, &api));
  server.Add<methods::FindVehicle>(std::bind_front(&VehicleApi::FindVehicle, &api));
  server.Add<methods::ListVehicles>(std::bind_front(&VehicleApi::ListVehicles, &api));
  server.Add<methods::RegisterDriver>(std::bind_front(&VehicleApi::RegisterDriver, &api));
  server.Add<methods::GetDriver>(std::bind_front(&VehicleApi::GetDriver, &api));
  server.Add<methods::ListDrivers>(std::bind_front(&VehicleApi::ListDrivers, &api));
  server.Add<methods::AddWatchListEntry>(std::bind_front(&VehicleApi::AddWatchListEntry, &api));
  server.Add<methods::RemoveWatchListEntry>(std::bind_front(&VehicleApi::RemoveWatchListEntry, &api));
  server.Add<methods::ListWatchList>(std::bind_front(&VehicleApi::ListWatchList, &api));
  server.AddStream<methods::Watch>(
      [&events](const rpc::CallContext&, const v1::WatchRequest& request, auto& writer) {
        return rpc::ServeWatch<methods::Watch>(events, request, writer);
      });
}

}  // namespace bordergate::vehicle
