// The whole lane service in the test's process: real streams with mTLS, real journal on disk, real Modbus
// TCP.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/rpc/channel.h"
#include "libs/rpc/server.h"
#include "libs/testing/temporary_folder.h"
#include "libs/testing/test_pki.h"
#include "services/lane/api/convert.h"
#include "services/lane/api/lane_api.h"
#include "services/lane/device/display_map.h"
#include "services/lane/lane_telemetry.h"
#include "services/lane/memory.h"
#include "services/lane/site_lanes.h"
#include "services/lane/slip_keys.h"
#include "services/lane/testing/modbus_controller.h"
#include "services/lane/testing/peer_services.h"
#include "services/lane/testing/register_server.h"
#include "services/lane/testing/wire.h"

namespace bordergate::lane {

class RunningLane {
 public:
  // `lane_count` export lanes "huu-nghi-x1" … at gate "huu-nghi", and one at "tan-thanh".
  // With wires, the ways to controllers and to the other services can be troubled.
  enum class Wires { kNone, kUsed };
  explicit RunningLane(int lane_count = 1, Wires wires = Wires::kNone);
  ~RunningLane();
  RunningLane(const RunningLane&) = delete;
  RunningLane& operator=(const RunningLane&) = delete;

  // The service ends and starts again over the same disk and hardware.
  void Stop();
  void Start();

  // A channel to the service, as this process of the platform.
  std::unique_ptr<rpc::Channel> As(const std::string& service);
  // Options of a call for this person.
  rpc::CallOptions For(const std::string& subject, rpc::Role role, std::vector<std::string> gate_ids = {});

  // Waits until the lane's view fits; the test's own time limit ends it otherwise.
  v1::Lane WaitForLane(const std::string& lane_id, const std::function<bool(const v1::Lane&)>& fits);
  // Waits until an event of this kind after a sequence.
  v1::LaneEvent WaitForEvent(const std::string& kind, int64_t after_sequence = 0);

  ModbusController& controller(size_t lane = 0) { return *controllers_[lane]; }
  // The display of huu-nghi-x1; the other lanes have none.
  RegisterServer& display() { return display_; }
  // Its scale; the other lanes have none.
  RegisterServer& scale() { return scale_; }
  // What stands on it, from a register on.
  std::string DisplayLine(int first, int count) const {
    return DecodeLine(DisplayMap::Characters::kUtf16, display_.Registers(first, count));
  }
  int port() const { return server_->port(); }

  SystemClock clock;
  TestPki pki;
  PeerServices peers{pki};
  std::vector<std::unique_ptr<Wire>> centre_wires;   // to customs, fee, yard, vehicle
  std::vector<std::unique_ptr<Wire>> barrier_wires;  // one a lane

 private:
  void MakeSite(int lane_count, Wires wires);
  PeerAddresses OverWires(const PeerAddresses& direct);

  TemporaryFolder folder_;
  RegisterServer display_, scale_;
  std::map<std::string, TlsConfig> certificates_;  // one a service, each takes its time to make
  std::vector<std::unique_ptr<ModbusController>> controllers_;
  Site site_;
  LaneConfig config_;
  SystemRandom random_;
  IdMaker ids_{clock, random_};
  ProtoEventBodies bodies_;
  std::unique_ptr<Telemetry> telemetry_;
  std::unique_ptr<Memory> memory_;
  std::unique_ptr<LaneTelemetry> observer_;
  std::unique_ptr<SiteBarriers> barriers_;
  std::unique_ptr<SiteLanes> lanes_;
  std::unique_ptr<LaneApi> api_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Feeds> feeds_;
};

// A camera process with one stream to the service.
class CameraStream {
 public:
  explicit CameraStream(RunningLane& lane);
  ~CameraStream();
  CameraStream(const CameraStream&) = delete;
  CameraStream& operator=(const CameraStream&) = delete;

  void Alive(const std::string& lane_id, const std::string& fault_code = "");
  // Sends a read and waits for its answer.
  v1::ReportReadsResponse Read(const v1::PlateRead& read);
  // A code that the driver shows at this moment.
  v1::ReportReadsResponse Show(const std::string& lane_id, const std::string& text);
  v1::PlateRead NewRead(const std::string& lane_id, const std::string& plate);
  // A container that the camera at the rear sees.
  v1::ReportReadsResponse See(const v1::ContainerRead& read);
  v1::ContainerRead NewContainer(const std::string& lane_id, const std::string& container_number);
  // A transponder, heard at this moment.
  v1::ReportReadsResponse Hear(const v1::TagRead& tag);
  v1::TagRead NewTag(const std::string& lane_id, const std::string& tag_id);
  // A sign of life of a further camera, and of the reader of transponders.
  void WitnessAlive(const std::string& lane_id, const std::string& camera_id,
                    const std::string& fault_code = "");
  void TagReaderAlive(const std::string& lane_id);

 private:
  v1::ReportReadsResponse Report(const v1::ReportReadsRequest& request);

  std::unique_ptr<rpc::Channel> channel_;
  rpc::ClientConversation<v1::ReportReadsRequest, v1::ReportReadsResponse> stream_;
  int reads_ = 0;
};

}  // namespace bordergate::lane
