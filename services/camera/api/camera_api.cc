#include "services/camera/api/camera_api.h"

#include <algorithm>

#include "bordergate/camera/v1/camera_service.rpc.h"

#include "libs/core/paging.h"
#include "libs/rpc/server.h"
#include "libs/rpc/time.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

v1::Camera::Position ToProto(Position position) {
  switch (position) {
    case Position::kFront:
      return v1::Camera::POSITION_FRONT;
    case Position::kRear:
      return v1::Camera::POSITION_REAR;
    case Position::kTrailer:
      return v1::Camera::POSITION_TRAILER;
    case Position::kWindow:
      break;
  }
  return v1::Camera::POSITION_WINDOW;
}

v1::Camera ToProto(const CameraStatus& camera) {
  v1::Camera proto;
  proto.set_camera_id(camera.camera_id);
  proto.set_lane_id(camera.lane_id);
  proto.set_fault_code(camera.fault_code);
  proto.set_state(camera.fault_code.empty()          ? v1::Camera::STATE_LIVE
                  : camera.fault_code == "NO_FRAMES" ? v1::Camera::STATE_AWAY
                                                     : v1::Camera::STATE_FAULT);
  if (camera.frame_time) *proto.mutable_frame_time() = rpc::ToTimestamp(*camera.frame_time);
  proto.set_frames_per_second(camera.frames_per_second);
  proto.set_width_px(camera.width_px);
  proto.set_height_px(camera.height_px);
  proto.set_read_count(camera.read_count);
  proto.set_reads_slips(camera.position == Position::kWindow);
  proto.set_position(ToProto(camera.position));
  proto.set_warning_code(camera.warning_code);
  if (camera.clock_skew) proto.set_clock_skew_ms(camera.clock_skew->count());
  return proto;
}

std::string FaultOf(const std::vector<CameraStatus>& cameras, const std::string& camera_id) {
  const auto camera = std::find_if(cameras.begin(), cameras.end(),
                                   [&](const CameraStatus& item) { return item.camera_id == camera_id; });
  return camera == cameras.end() ? "" : camera->fault_code;
}

}  // namespace

Result<v1::ListCamerasResponse> CameraApi::ListCameras(const Call&,
                                                       const v1::ListCamerasRequest& request) const {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  std::vector<CameraStatus> cameras = cameras_.List();
  std::erase_if(cameras, [&](const CameraStatus& camera) { return camera.camera_id <= page.after; });
  const auto cut =
      CutPage(std::move(cameras), page, [](const CameraStatus& camera) { return camera.camera_id; });
  v1::ListCamerasResponse response;
  for (const CameraStatus& camera : cut.items) *response.add_cameras() = ToProto(camera);
  response.set_next_page_token(PageToken(cut.last_key));
  return response;
}

Result<v1::GetStillResponse> CameraApi::GetStill(const Call&, const v1::GetStillRequest& request) const {
  const std::shared_ptr<const std::string> jpeg = BG_TRY(cameras_.Still(request.camera_id())).jpeg;
  v1::GetStillResponse response;
  response.mutable_content()->set_content_type("image/jpeg");
  response.mutable_content()->set_data(*jpeg);
  return response;
}

Result<void> CameraApi::WatchStills(const Call&, const v1::WatchStillsRequest& request,
                                    rpc::StreamWriter<v1::WatchStillsResponse>& writer) const {
  std::shared_ptr<const std::string> shown;
  std::optional<std::string> said;  // the fault of the last message without a picture
  do {
    const Result<CameraStill> still = cameras_.Still(request.camera_id());
    if (!still && still.error().Is(kCameraNotFound)) return still.error();
    if (still && still->jpeg == shown) continue;
    v1::WatchStillsResponse response;
    response.set_fault_code(FaultOf(cameras_.List(), request.camera_id()));
    if (still) {
      shown = still->jpeg;  // tried once, also when it cannot be shown
      if (const auto picture = shrink_(request.camera_id(), *still)) {
        response.set_jpeg(**picture);
        *response.mutable_frame_time() = rpc::ToTimestamp(still->frame_time);
      }
    }
    if (response.jpeg().empty()) {
      if (said == response.fault_code()) continue;
      said = response.fault_code();
    } else {
      said.reset();
    }
    if (!writer.Write(response)) return {};
  } while (!never_.WaitFor(live_interval_) && writer.open());
  return {};
}

void Register(rpc::Server& server, const CameraApi& api) {
  namespace methods = v1::camera_service;
  server.Add<methods::ListCameras>(std::bind_front(&CameraApi::ListCameras, &api));
  server.Add<methods::GetStill>(std::bind_front(&CameraApi::GetStill, &api));
  server.AddStream<methods::WatchStills>(std::bind_front(&CameraApi::WatchStills, &api));
}

}  // namespace bordergate::camera
