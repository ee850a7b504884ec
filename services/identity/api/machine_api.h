// The handlers that keep API clients and devices. What each does, and its errors in order, stands in the
// proto.
#pragma once

#include "bordergate/identity/v1/identity_service.pb.h"

#include "services/identity/api/parts.h"

namespace bordergate::identity {

class MachineApi {
 public:
  explicit MachineApi(const Parts& parts) : parts_(parts) {}

  using Call = rpc::CallContext;
  Result<v1::CreateApiClientResponse> CreateApiClient(const Call&, const v1::CreateApiClientRequest&);
  Result<v1::ListApiClientsResponse> ListApiClients(const Call&, const v1::ListApiClientsRequest&);
  Result<v1::RevokeApiClientResponse> RevokeApiClient(const Call&, const v1::RevokeApiClientRequest&);
  Result<v1::RegisterDeviceResponse> RegisterDevice(const Call&, const v1::RegisterDeviceRequest&);
  Result<v1::ListDevicesResponse> ListDevices(const Call&, const v1::ListDevicesRequest&);
  Result<v1::RevokeDeviceResponse> RevokeDevice(const Call&, const v1::RevokeDeviceRequest&);

 private:
  const Parts parts_;
};

}  // namespace bordergate::identity
