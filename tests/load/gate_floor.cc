#include "tests/load/gate_floor.h"

#include <iostream>
#include <memory>
#include <mutex>

#include <fcntl.h>
#include <modbus.h>
#include <unistd.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/check.h"
#include "libs/core/process.h"
#include "libs/core/reasons.h"
#include "libs/rpc/server.h"
#include "services/lane/device/command_block.h"

namespace bordergate::load {
namespace {

namespace v1 = lane::v1;
namespace methods = lane::v1::lane_service;
using lane::CommandBlock;

constexpr size_t kRowBytes = 1024;
constexpr size_t kFileRows = 4096;

class Floor {
 public:
  Floor(const std::string& folder, const std::vector<std::string>& ports) {
    file_ = open((folder + "/floor").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    const std::string row(kRowBytes, 'x');
    for (size_t i = 0; i < kFileRows; ++i) {
      BG_CHECK(pwrite(file_, row.data(), row.size(), static_cast<off_t>(i * kRowBytes)) > 0,
               "the disk has room");
    }
    BG_CHECK(fsync(file_) == 0, "the disk works");
    for (const std::string& port : ports) {
      modbus_t* controller = modbus_new_tcp("127.0.0.1", std::stoi(port));
      modbus_set_slave(controller, 1);
      BG_CHECK(modbus_connect(controller) == 0, "the controller listens");
      CommandBlock::Words words{};
      BG_CHECK(modbus_read_registers(controller, 0, words.size(), words.data()) > 0,
               "the controller answers");
      controllers_.push_back({controller, CommandBlock::TokenAfter(CommandBlock::Decode(words).token, 1)});
    }
  }

  void Handle(const v1::PlateRead& read) {
    const std::lock_guard lock(mutex_);
    const std::string row(kRowBytes, 'y');
    const size_t at = written_++ % kFileRows * kRowBytes;
    BG_CHECK(pwrite(file_, row.data(), row.size(), static_cast<off_t>(at)) > 0 && fdatasync(file_) == 0,
             "the disk works");
    const size_t lane = std::stoul(read.lane_id().substr(5)) - 1;
    Controller& controller = controllers_.at(lane);
    const CommandBlock raise{.token = controller.token,
                             .command = CommandBlock::Command::kRaise,
                             .red = true,
                             .heartbeat = ++controller.beat};
    const auto words = raise.Encode();
    BG_CHECK(modbus_write_registers(controller.link, 0, words.size(), words.data()) > 0,
             "the controller answers");
  }

 private:
  std::mutex mutex_;
  int file_ = -1;
  size_t written_ = 0;
  struct Controller {
    modbus_t* link;
    uint64_t token;
    uint16_t beat = 0;
  };
  std::vector<Controller> controllers_;
};

class FloorStream final : public rpc::Conversation<v1::ReportReadsRequest> {
 public:
  FloorStream(Floor& floor, rpc::Sender<v1::ReportReadsResponse> sender)
      : floor_(floor), sender_(std::move(sender)) {}
  void OnMessage(const v1::ReportReadsRequest& request) override {
    floor_.Handle(request.read());
    v1::ReportReadsResponse response;
    response.set_read_id(request.read().read_id());
    response.set_accepted(true);
    (void)sender_.Send(response);
  }

 private:
  Floor& floor_;
  const rpc::Sender<v1::ReportReadsResponse> sender_;
};

// The other methods of the service, which nobody calls here.
template <class... Methods>
void RefuseAll(rpc::Server& server) {
  (server.Add<Methods>([](const rpc::CallContext&, const auto&) -> Result<typename Methods::Response> {
    return Error(kMethodUnknown, "this is the floor of a measurement");
  }),
   ...);
}
template <class... Methods>
void RefuseAllStreams(rpc::Server& server) {
  (server.AddStream<Methods>([](const rpc::CallContext&, const auto&, auto&) -> Result<void> {
    return Error(kMethodUnknown, "this is the floor of a measurement");
  }),
   ...);
}

}  // namespace

int RunGateFloor(const std::vector<std::string>& arguments) {
  const Process process;
  const SystemClock clock;
  Telemetry telemetry("lane", "error");
  RpcConfig config;
  config.listen = "127.0.0.1:0";
  config.tls = {.ca_file = arguments.at(1),
                .certificate_file = arguments.at(2),
                .key_file = arguments.at(3),
                .site = arguments.at(4)};
  config.assertion_public_key_folder = arguments.at(0);
  config.handler_threads = 6;  // as in libs/config/common.toml
  config.waiting_calls_max = 256;
  config.open_streams_max = 512;
  config.message_bytes_max = 4 << 20;
  config.call_duration_max = seconds(10);
  config.drain_duration = milliseconds(500);
  Floor floor(arguments.at(0), {arguments.begin() + 5, arguments.end()});
  rpc::Server server(config, telemetry, clock);
  server.AddConversation<methods::ReportReads>(
      [&](const rpc::CallContext&, rpc::Sender<v1::ReportReadsResponse> sender)
          -> Result<std::unique_ptr<rpc::Conversation<v1::ReportReadsRequest>>> {
        return std::make_unique<FloorStream>(floor, std::move(sender));
      });
  RefuseAll<methods::ListLanes, methods::OpenBarrier, methods::RefuseVehicle, methods::SetLaneMode,
            methods::PutCheckpointRule, methods::TryCheckpointRule, methods::ListCheckpointRules,
            methods::GetEvidence>(server);
  RefuseAllStreams<methods::WatchLanes, methods::WatchDecisions, methods::Watch>(server);
  server.Start();
  std::cout << "floor_port=" << server.port() << std::endl;
  process.WaitForStop();
  server.Drain();
  return 0;
}

}  // namespace bordergate::load
