// The handlers of CameraService. What each does, and its errors in order, stands in the proto.
#pragma once

#include <functional>

#include "bordergate/camera/v1/camera_service.pb.h"

#include "libs/core/stop_flag.h"
#include "libs/rpc/call_context.h"
#include "libs/rpc/stream.h"
#include "services/camera/domain/cameras.h"

namespace bordergate::rpc {
class Server;
}

namespace bordergate::camera {

class CameraApi {
 public:
  // Makes a picture small enough to be shown live.
  //   errors   of the decoder: the picture is not shown
  using Shrink = std::function<Result<std::shared_ptr<const std::string>>(const std::string& camera_id,
                                                                          const CameraStill& still)>;

  //   live_interval   between two pictures of a live view
  CameraApi(const Cameras& cameras, Shrink shrink, milliseconds live_interval = milliseconds(500))
      : cameras_(cameras), shrink_(std::move(shrink)), live_interval_(live_interval) {}

  using Call = rpc::CallContext;
  Result<v1::ListCamerasResponse> ListCameras(const Call&, const v1::ListCamerasRequest&) const;
  Result<v1::GetStillResponse> GetStill(const Call&, const v1::GetStillRequest&) const;
  Result<void> WatchStills(const Call&, const v1::WatchStillsRequest&,
                           rpc::StreamWriter<v1::WatchStillsResponse>&) const;

 private:
  const Cameras& cameras_;
  const Shrink shrink_;
  const milliseconds live_interval_;
  const StopFlag never_;  // to wait with
};

void Register(rpc::Server& server, const CameraApi& api);

}  // namespace bordergate::camera
