// The handlers of CameraService. What each does, and its errors in order, stands in the proto.
#pragma once

#include "bordergate/camera/v1/camera_service.pb.h"

#include "libs/rpc/call_context.h"
#include "services/camera/domain/cameras.h"

namespace bordergate::rpc {
class Server;
}

namespace bordergate::camera {

class CameraApi {
 public:
  explicit CameraApi(const Cameras& cameras) : cameras_(cameras) {}

  using Call = rpc::CallContext;
  Result<v1::ListCamerasResponse> ListCameras(const Call&, const v1::ListCamerasRequest&) const;
  Result<v1::GetStillResponse> GetStill(const Call&, const v1::GetStillRequest&) const;

 private:
  const Cameras& cameras_;
};

void Register(rpc::Server& server, const CameraApi& api);

}  // namespace bordergate::camera
