// Between the rules' types and the contract's.
#pragma once

#include "bordergate/vehicle/v1/vehicle_service.pb.h"

#include "libs/rpc/call_context.h"
#include "services/vehicle/domain/vehicle_store.h"

namespace bordergate::vehicle {

v1::Enterprise ToProto(const Enterprise& enterprise);
v1::Vehicle ToProto(const Vehicle& vehicle);
v1::Driver ToProto(const Driver& driver);
v1::WatchListEntry ToProto(const WatchListEntry& entry);

Enterprise FromProto(const v1::RegisterEnterpriseRequest& request);
Vehicle FromProto(const v1::RegisterVehicleRequest& request);
Driver FromProto(const v1::RegisterDriverRequest& request);
WatchListEntry FromProto(const v1::AddWatchListEntryRequest& request);

// Events, ready for the outbox. `kind` is one of the list at VehicleEvent in the proto.
NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const Enterprise& enterprise);
NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const Vehicle& vehicle);
// Without document number and telephone: nobody who follows events needs them.
NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const Driver& driver);
NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const WatchListEntry& entry);

}  // namespace bordergate::vehicle
