// Measures a whole site's cameras: fourteen at ten frames a second, three with a truck before them at once,
// the programs camera and lane, a controller a lane. From a frame's arrival to its read at the lane, from a
// truck's stop to its first sure read, the share of a core that an idle camera takes, and memory while it
// runs; beside the floor, reading one picture on this machine with nothing else to do.
//
//   cameras_bench [IDLE_SECONDS BUSY_SECONDS [FURTHER]]     60, 180 and 0; prints {"rows": [...]} for ./bench
//
// FURTHER: so many lanes have a second camera, which sees the same and is looked at for plates and container
// numbers; only the front cameras' reads are measured.
#include <filesystem>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include "libs/core/check.h"
#include "libs/core/reasons.h"
#include "libs/rpc/server.h"
#include "libs/testing/temporary_folder.h"
#include "services/camera/vision/picture.h"
#include "services/camera/vision/plate_reader.h"
#include "services/lane/testing/peer_services.h"
#include "tests/load/camera_road.h"
#include "tests/load/child.h"
#include "tests/load/gate_cast.h"

namespace bordergate::load {
namespace {

namespace methods = lane::v1::lane_service;

std::string Program(const std::string& name) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

double At(std::vector<double> values, double part) {
  if (values.empty()) return -1;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<size_t>(part * static_cast<double>(values.size())))];
}

// A process and those it has started.
std::vector<pid_t> Family(pid_t process) {
  std::vector<pid_t> family = {process};
  for (const auto& task : std::filesystem::directory_iterator(fmt::format("/proc/{}/task", process))) {
    std::ifstream children(task.path() / "children");
    for (pid_t child = 0; children >> child;) family.push_back(child);
  }
  return family;
}

double CpuSeconds(pid_t process) {
  std::ifstream file(fmt::format("/proc/{}/stat", process));
  std::string text((std::istreambuf_iterator<char>(file)), {});
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double CpuOf(pid_t process) {
  double sum = 0;
  for (const pid_t one : Family(process)) sum += CpuSeconds(one);
  return sum;
}

// What the process has in memory, and what those it started have for themselves (what they share is its).
double ResidentMib(pid_t process) {
  double kib = 0;
  for (const pid_t one : Family(process)) {
    std::ifstream status(fmt::format("/proc/{}/status", one));
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with(one == process ? "VmRSS:" : "RssAnon:"))
        kib += std::stod(line.substr(line.find(':') + 1));
    }
  }
  return kib / 1024;
}

constexpr std::string_view kFurther = "-further";  // ends the ids of those cameras

struct Arrived {
  size_t camera = 0;
  std::string plate;
  bool sure = false;
  Instant frame{};
  Instant arrived{};
};

// Between camera and lane: notes when each read comes, and hands it on.
class Relay {
 public:
  Relay(const TestPki& pki, Telemetry& telemetry, const Clock& clock, int lane_port)
      : clock_(clock),
        channel_("lane", fmt::format("127.0.0.1:{}", lane_port), pki.MakeCertificate("camera")),
        server_(pki.MakeRpcConfig("lane"), telemetry, clock) {
    Refuse<methods::ListLanes, methods::OpenBarrier, methods::RefuseVehicle, methods::SetLaneMode,
           methods::PutCheckpointRule, methods::TryCheckpointRule, methods::ListCheckpointRules,
           methods::GetEvidence>();
    RefuseStream<methods::WatchLanes, methods::WatchDecisions, methods::Watch>();
    server_.AddConversation<methods::ReportReads>(
        [this](const rpc::CallContext&, rpc::Sender<lane::v1::ReportReadsResponse> sender)
            -> Result<std::unique_ptr<rpc::Conversation<lane::v1::ReportReadsRequest>>> {
          return std::make_unique<Leg>(*this, std::move(sender));
        });
    server_.Start();
  }
  int port() const { return server_.port(); }
  std::vector<Arrived> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(arrived_, {});
  }

 private:
  class Leg final : public rpc::Conversation<lane::v1::ReportReadsRequest> {
   public:
    Leg(Relay& relay, rpc::Sender<lane::v1::ReportReadsResponse> sender)
        : relay_(relay),
          stream_(relay.channel_.Converse<methods::ReportReads>(
              rpc::CallOptions::Own(relay.clock_, milliseconds(0)))),
          answers_([this, sender = std::move(sender)] {
            lane::v1::ReportReadsResponse response;
            while (stream_.Read(&response)) sender.Send(response);
          }) {}
    ~Leg() override {
      stream_.Cancel();
      answers_.join();
      (void)stream_.Finish();
    }
    void OnMessage(const lane::v1::ReportReadsRequest& request) override {
      if (request.has_read() && !request.read().camera_id().ends_with(kFurther)) relay_.Note(request.read());
      stream_.Write(request);
    }

   private:
    Relay& relay_;
    rpc::ClientConversation<lane::v1::ReportReadsRequest, lane::v1::ReportReadsResponse> stream_;
    std::thread answers_;
  };

  void Note(const lane::v1::PlateRead& read) {
    const Instant now = clock_.Now();
    const std::lock_guard lock(mutex_);
    arrived_.push_back({.camera = std::stoul(read.camera_id().substr(std::string("lane-").size())) - 1,
                        .plate = read.plate(),
                        .sure = read.confidence() >= 0.5,
                        .frame = rpc::ToInstant(read.frame_time()),
                        .arrived = now});
  }
  template <class... M>
  void Refuse() {
    (server_.Add<M>([](const rpc::CallContext&, const typename M::Request&) -> Result<typename M::Response> {
      return Error(kInternal, "not part of this measurement");
    }),
     ...);
  }
  template <class... M>
  void RefuseStream() {
    (server_.AddStream<M>([](const auto&, const typename M::Request&, auto&) -> Result<void> { return {}; }),
     ...);
  }

  const Clock& clock_;
  rpc::Channel channel_;
  std::mutex mutex_;
  std::vector<Arrived> arrived_;
  rpc::Server server_;
};

class Bench {
 public:
  Bench(seconds idle, seconds busy, size_t further_count)
      : idle_(idle), busy_(busy), further_count_(further_count) {}

  int Run() {
    nlohmann::ordered_json rows;
    rows.push_back(Floor());
    for (const std::string& plate : road_.plates()) peers_.Expect("trip_" + plate, plate, kGate);
    MakeSite();
    const std::string lane_output = folder_.Write("lane.out", "");
    const Child lane_child({Program("lane"), "serve"}, LaneEnvironment(), lane_output);
    const int lane_port =
        lane_child.WaitForNumber(R"("event":"rpc.listening","message":"gRPC server listens","port":)");
    BG_CHECK(lane_port != 0, "the lane starts");
    Relay relay(pki_, telemetry_, clock_, lane_port);
    const Child camera({Program("camera"), "serve"}, CameraEnvironment(relay.port()),
                       folder_.Write("camera.out", ""));
    const Wall wall(pki_, lane_port);
    while (!wall.AllAuto()) std::this_thread::sleep_for(milliseconds(20));
    rows.push_back(Idle(camera.pid()));
    road_.OnStop([this](const Stay& stay) {
      hardware_.of(stay.camera).With([&](lane::LaneModel& model) {
        model.trucks().clear();
        model.Arrive({.id = 1, .plate = stay.plate, .length_m = 8, .speed_m_s = 12});
      });
    });
    for (auto& row : Busy(camera.pid(), relay)) rows.push_back(std::move(row));
    std::cout << nlohmann::ordered_json{{"rows", rows}}.dump(1) << "\n";
    return 0;
  }

 private:
  static constexpr char kGate[] = "huu-nghi";

  nlohmann::ordered_json Floor() {
    const auto models =
        std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "share/camera/models";
    auto reader = camera::PlateReader::Load(models).value();
    std::vector<double> times;
    for (int round = 0; round < 4; ++round) {
      for (const std::string& jpeg : road_.RestFrames()) {
        const std::vector<uint8_t> bytes(jpeg.begin(), jpeg.end());
        const SteadyInstant start = clock_.SteadyNow();
        reader.Read(camera::DecodePicture(bytes).value());
        if (round > 0) times.push_back(Milliseconds(clock_.SteadyNow() - start));
      }
    }
    return {{"case", "floor: one picture read, nothing else"},
            {"reads", times.size()},
            {"p50_ms", At(times, 0.5)},
            {"p99_ms", At(times, 0.99)}};
  }

  nlohmann::ordered_json Idle(pid_t camera) {
    std::this_thread::sleep_for(seconds(5));  // every camera connected and looked at
    const double before = CpuOf(camera);
    const int64_t frames = road_.frame_count();
    const SteadyInstant start = clock_.SteadyNow();
    std::this_thread::sleep_for(idle_);
    const double span_s = Milliseconds(clock_.SteadyNow() - start) / 1000;
    const double share = (CpuOf(camera) - before) / span_s / kCameras;
    return {{"case", "14 cameras, nobody before them"},
            {"frames", road_.frame_count() - frames},
            {"% of a core a camera", 100 * share},
            {"resident_MiB", ResidentMib(camera)}};
  }

  std::vector<nlohmann::ordered_json> Busy(pid_t camera, Relay& relay) {
    (void)relay.Take();
    road_.SetBusy(3);
    const double before = CpuOf(camera);
    const SteadyInstant start = clock_.SteadyNow();
    std::vector<double> memory;
    while (clock_.SteadyNow() - start < busy_) {
      std::this_thread::sleep_for(seconds(5));
      memory.push_back(ResidentMib(camera));
    }
    const double cpu_share = (CpuOf(camera) - before) / (Milliseconds(clock_.SteadyNow() - start) / 1000);
    const std::vector<Stay> stays = road_.stays();
    std::this_thread::sleep_for(seconds(2));
    const std::vector<Arrived> reads = relay.Take();
    std::vector<double> latencies, firsts;
    for (const Arrived& read : reads) latencies.push_back(Milliseconds(read.arrived - read.frame));
    int unread = 0, wrong = 0;
    for (const Stay& stay : stays) {
      std::optional<double> first;
      for (const Arrived& read : reads) {
        if (read.camera != stay.camera || !read.sure || read.frame < stay.stopped || read.frame > stay.left)
          continue;
        if (read.plate != stay.plate) ++wrong;
        if (read.plate == stay.plate && !first) first = Milliseconds(read.arrived - stay.stopped);
      }
      first ? firsts.push_back(*first) : static_cast<void>(++unread);
    }
    return {{{"case", "frame -> read at the lane, 3 of 14 with a truck"},
             {"reads", reads.size()},
             {"p50_ms", At(latencies, 0.5)},
             {"p99_ms", At(latencies, 0.99)},
             {"max_ms", At(latencies, 1)},
             {"% of a core", 100 * cpu_share}},
            {{"case", "truck stopped -> first sure read at the lane"},
             {"trucks", stays.size()},
             {"unread", unread},
             {"wrong sure reads", wrong},
             {"p50_ms", At(firsts, 0.5)},
             {"p99_ms", At(firsts, 0.99)},
             {"max_ms", At(firsts, 1)}},
            {{"case", "camera and its decoders in memory"},
             {"first_MiB", memory.front()},
             {"last_MiB", memory.back()},
             {"most_MiB", At(memory, 1)},
             {"over_s", busy_.count()}}};
  }

  static double Milliseconds(Instant::duration span) {
    return std::chrono::duration<double, std::milli>(span).count();
  }
  static double Milliseconds(SteadyInstant::duration span) { return load::Milliseconds(span); }

  void MakeSite() {
    std::string site =
        fmt::format("[[gates]]\ngate_id=\"{}\"\ntitle=\"Hữu Nghị\"\nutc_offset_minutes=420\n", kGate);
    for (size_t i = 0; i < kCameras; ++i) {
      site += fmt::format(
          "[[lanes]]\nlane_id=\"{0}\"\ngate_id=\"{1}\"\ntitle=\"{0}\"\ndirection=\"export\"\ncamera_id=\"{0}"
          "\"\n"
          "camera_url=\"{3}\"\nbarrier_address=\"127.0.0.1:{2}\"\nbarrier_unit_id=1\nregister_map="
          "\"simulated\"\n",
          LaneId(i), kGate, hardware_.of(i).port(), road_.UrlOf(i));
      if (i >= further_count_) continue;
      site += fmt::format(
          "[[lanes.further_cameras]]\ncamera_id=\"{}{}\"\ncamera_url=\"{}\"\nposition=\"rear\"\nreads=["
          "\"plates\",\"containers\"]\n",
          LaneId(i), kFurther, road_.UrlOf(i));
    }
    site_file_ = folder_.Write("site.toml", site);
  }

  std::vector<std::string> Common(const std::string& service) const {
    const TlsConfig tls = pki_.MakeCertificate(service);
    return {"BORDERGATE_SITE__FILE=" + site_file_,
            "BORDERGATE_TLS__CA_FILE=" + tls.ca_file,
            "BORDERGATE_TLS__CERTIFICATE_FILE=" + tls.certificate_file,
            "BORDERGATE_TLS__KEY_FILE=" + tls.key_file,
            "BORDERGATE_TLS__SITE=" + tls.site,
            "BORDERGATE_ASSERTION__PUBLIC_KEY_FOLDER=" + pki_.public_key_folder()};
  }
  std::vector<std::string> LaneEnvironment() const {
    std::vector<std::string> environment = Common("lane");
    const lane::PeerAddresses peers = peers_.addresses();
    for (const std::string& entry :
         {"BORDERGATE_STORE__FOLDER=" + (folder_.path() / "store").string(),
          "BORDERGATE_PEERS__CUSTOMS=" + peers.customs, "BORDERGATE_PEERS__FEE=" + peers.fee,
          "BORDERGATE_PEERS__YARD=" + peers.yard, "BORDERGATE_PEERS__VEHICLE=" + peers.vehicle}) {
      environment.push_back(entry);
    }
    return environment;
  }
  std::vector<std::string> CameraEnvironment(int lane_port) const {
    std::vector<std::string> environment = Common("camera");
    environment.push_back(fmt::format("BORDERGATE_PEERS__LANE=127.0.0.1:{}", lane_port));
    return environment;
  }

  const seconds idle_;
  const seconds busy_;
  const size_t further_count_;
  SystemClock clock_;
  const TestPki pki_;
  const TemporaryFolder folder_;
  Telemetry telemetry_{"bench", "error"};
  Hardware hardware_;
  CameraRoad road_;
  lane::PeerServices peers_{pki_};
  std::string site_file_;
};

}  // namespace
}  // namespace bordergate::load

int main(int argc, char** argv) {
  const auto argument = [&](int at, int otherwise) { return argc > at ? std::stoi(argv[at]) : otherwise; };
  return bordergate::load::Bench(bordergate::seconds(argument(1, 60)), bordergate::seconds(argument(2, 180)),
                                 static_cast<size_t>(argument(3, 0)))
      .Run();
}
