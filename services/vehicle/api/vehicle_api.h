// The handlers of VehicleService: from a request to a result. What each does, and its errors in order, stands
// in the proto.
#pragma once

#include "bordergate/vehicle/v1/vehicle_service.pb.h"

#include "libs/core/id.h"
#include "libs/rpc/call_context.h"
#include "services/vehicle/domain/vehicle_store.h"

namespace bordergate::rpc {
class Server;
}
namespace bordergate {
class EventSource;
}

namespace bordergate::vehicle {

class VehicleApi {
 public:
  VehicleApi(UnitOfWork<VehicleStore>& vehicles, IdMaker& ids, const Clock& clock)
      : vehicles_(vehicles), ids_(ids), clock_(clock) {}

  using Call = rpc::CallContext;
  Result<v1::RegisterEnterpriseResponse> RegisterEnterprise(const Call&,
                                                            const v1::RegisterEnterpriseRequest&);
  Result<v1::GetEnterpriseResponse> GetEnterprise(const Call&, const v1::GetEnterpriseRequest&);
  Result<v1::RegisterVehicleResponse> RegisterVehicle(const Call&, const v1::RegisterVehicleRequest&);
  Result<v1::SetVehicleTagResponse> SetVehicleTag(const Call&, const v1::SetVehicleTagRequest&);
  Result<v1::GetVehicleResponse> GetVehicle(const Call&, const v1::GetVehicleRequest&);
  Result<v1::FindVehicleResponse> FindVehicle(const Call&, const v1::FindVehicleRequest&);
  Result<v1::ListVehiclesResponse> ListVehicles(const Call&, const v1::ListVehiclesRequest&);
  Result<v1::RegisterDriverResponse> RegisterDriver(const Call&, const v1::RegisterDriverRequest&);
  Result<v1::GetDriverResponse> GetDriver(const Call&, const v1::GetDriverRequest&);
  Result<v1::ListDriversResponse> ListDrivers(const Call&, const v1::ListDriversRequest&);
  Result<v1::AddWatchListEntryResponse> AddWatchListEntry(const Call&, const v1::AddWatchListEntryRequest&);
  Result<v1::RemoveWatchListEntryResponse> RemoveWatchListEntry(const Call&,
                                                                const v1::RemoveWatchListEntryRequest&);
  Result<v1::ListWatchListResponse> ListWatchList(const Call&, const v1::ListWatchListRequest&);

 private:
  UnitOfWork<VehicleStore>& vehicles_;
  IdMaker& ids_;
  const Clock& clock_;
};

// Adds every RPC of VehicleService to a server.
void Register(rpc::Server& server, VehicleApi& api, EventSource& events);

}  // namespace bordergate::vehicle
