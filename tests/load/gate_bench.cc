// Measures from a plate read that a camera sends to the coil that the barrier's controller takes, 14 lanes
// busy, with 1,000 and with 100,000 expected vehicles, beside the floor: the same message over the same kind
// of stream, one write that is on the disk, one coil. In turns, each a process of its own over the same
// controllers.
//
//   gate_bench                 prints {"rows": [...]} for ./bench
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/core/check.h"
#include "libs/core/random.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/time.h"
#include "libs/testing/temporary_folder.h"
#include "libs/testing/test_pki.h"
#include "services/lane/testing/modbus_controller.h"
#include "services/lane/testing/peer_services.h"
#include "tests/load/child.h"
#include "tests/load/gate_floor.h"

namespace bordergate::load {
namespace {

namespace v1 = lane::v1;
namespace methods = lane::v1::lane_service;

constexpr size_t kLanes = 14;
constexpr int kRounds = 3;
constexpr seconds kRoundLength{30};
constexpr size_t kPictureBytes = 60'000;  // a frame as a camera sends it
constexpr char kGate[] = "huu-nghi";

std::string LaneId(size_t lane) { return "lane-" + std::to_string(lane + 1); }
std::string Plate(size_t number) { return fmt::format("29C{:05}", number); }
SteadyInstant Now() { return std::chrono::steady_clock::now(); }
double Milliseconds(SteadyInstant::duration span) {
  return std::chrono::duration<double, std::milli>(span).count();
}
double At(std::vector<double> values, double part) {
  if (values.empty()) return -1;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<size_t>(part * static_cast<double>(values.size())))];
}
std::string Program(const std::string& name) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

// The controllers, and when each was told to raise.
class Hardware {
 public:
  Hardware() {
    for (size_t i = 0; i < kLanes; ++i) {
      controllers_.push_back(std::make_unique<lane::ModbusController>(milliseconds(100)));
      controllers_.back()->OnRaise([this, i] { Raised(i); });
    }
  }
  lane::ModbusController& of(size_t lane) { return *controllers_[lane]; }
  void Sent(size_t lane) {
    const std::lock_guard lock(mutex_);
    sent_[lane] = Now();
  }
  bool waiting(size_t lane) const {
    const std::lock_guard lock(mutex_);
    return sent_[lane].has_value();
  }
  std::vector<double> TakeTimes() {
    const std::lock_guard lock(mutex_);
    for (auto& sent : sent_) sent.reset();
    return std::exchange(times_, {});
  }

 private:
  void Raised(size_t lane) {
    const SteadyInstant now = Now();
    const std::lock_guard lock(mutex_);
    if (sent_[lane]) times_.push_back(Milliseconds(now - *sent_[lane]));
    sent_[lane].reset();
  }
  mutable std::mutex mutex_;
  std::array<std::optional<SteadyInstant>, kLanes> sent_;
  std::vector<double> times_;
  std::vector<std::unique_ptr<lane::ModbusController>> controllers_;
};

// A camera process: one stream for all lanes, signs of life, answers read and dropped.
class Camera {
 public:
  Camera(const TestPki& pki, int port)
      : channel_("lane", fmt::format("127.0.0.1:{}", port), pki.MakeCertificate("camera")),
        stream_(channel_.Converse<methods::ReportReads>(rpc::CallOptions::Own(clock_, seconds(60)))),
        answers_([this] {
          v1::ReportReadsResponse response;
          while (stream_.Read(&response)) {
          }
        }) {}
  ~Camera() {
    stream_.Cancel();
    answers_.join();
    (void)stream_.Finish();
  }
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  void Alive() {
    for (size_t i = 0; i < kLanes; ++i) {
      v1::ReportReadsRequest request;
      request.mutable_health()->set_camera_id(LaneId(i));
      request.mutable_health()->set_lane_id(LaneId(i));
      stream_.Write(request);
    }
  }
  void Read(size_t lane, const std::string& plate, Hardware& hardware) {
    v1::ReportReadsRequest request;
    v1::PlateRead& read = *request.mutable_read();
    read.set_read_id(fmt::format("read-{}-{}", lane, ++reads_));
    read.set_camera_id(LaneId(lane));
    read.set_lane_id(LaneId(lane));
    *read.mutable_frame_time() = rpc::ToTimestamp(clock_.Now());
    read.set_plate(plate);
    read.set_country_code("VN");
    read.set_layout("one-line");
    read.set_confidence(0.97);
    read.set_evidence_jpeg(picture_ + std::to_string(reads_));
    hardware.Sent(lane);
    stream_.Write(request);
  }

 private:
  SystemClock clock_;
  rpc::Channel channel_;
  rpc::ClientConversation<v1::ReportReadsRequest, v1::ReportReadsResponse> stream_;
  const std::string picture_ = std::string(kPictureBytes, 'p');
  int reads_ = 0;
  std::thread answers_;
};

// The wall of lanes in the console: what each lane says of itself.
class Wall {
 public:
  Wall(const TestPki& pki, int port)
      : channel_("lane", fmt::format("127.0.0.1:{}", port), pki.MakeCertificate("gateway")),
        stream_(channel_.Open<methods::WatchLanes>(Options(pki), {})),
        watching_([this] {
          v1::WatchLanesResponse response;
          while (stream_.Read(&response)) {
            const std::lock_guard lock(mutex_);
            lanes_[response.lane().lane_id()] = response.lane();
          }
        }) {}
  ~Wall() {
    stream_.Cancel();
    watching_.join();
    (void)stream_.Finish();
  }
  Wall(const Wall&) = delete;
  Wall& operator=(const Wall&) = delete;

  bool Reads(size_t lane) const {
    const std::lock_guard lock(mutex_);
    const auto it = lanes_.find(LaneId(lane));
    return it != lanes_.end() && it->second.mode() == v1::MODE_AUTO &&
           it->second.state() == v1::LANE_STATE_IDENTIFYING;
  }
  bool AllAuto() const {
    const std::lock_guard lock(mutex_);
    return lanes_.size() == kLanes && std::all_of(lanes_.begin(), lanes_.end(), [](const auto& one) {
             return one.second.mode() == v1::MODE_AUTO;
           });
  }

 private:
  rpc::CallOptions Options(const TestPki& pki) const {
    rpc::CallOptions options = rpc::CallOptions::Own(clock_, seconds(60));
    rpc::Caller caller;
    caller.subject_id = "person_1";
    caller.roles = {common::v1::ROLE_AUDITOR};
    options.assertion = pki.MakeAssertion(caller, clock_.Now(), seconds(60));
    return options;
  }
  SystemClock clock_;
  rpc::Channel channel_;
  rpc::ServerStream<v1::WatchLanesResponse> stream_;
  mutable std::mutex mutex_;
  std::map<std::string, v1::Lane> lanes_;
  std::thread watching_;
};

// A case that is measured in rounds.
struct Case {
  std::string title;
  size_t vehicles = 0;
  std::vector<double> times = {};   // read sent -> coil
  std::vector<double> inside = {};  // read received -> answer of the controller, as the lane says
  std::vector<double> starts = {};  // program started -> every lane AUTO, without the first time
};

class Bench {
 public:
  int Run() {
    MakeSite();
    Case floor{"floor: message, fdatasync, coil"};
    Case small{"lane, 1,000 expected", 1000};
    Case large{"lane, 100,000 expected", 100'000};
    lane::PeerServices few(pki_), many(pki_);
    for (size_t i = 0; i < small.vehicles; ++i) few.Expect(fmt::format("trip_{}", i), Plate(i), kGate);
    for (size_t i = 0; i < large.vehicles; ++i) many.Expect(fmt::format("trip_{}", i), Plate(i), kGate);
    for (int round = 0; round < kRounds; ++round) {
      FloorRound(floor);
      LaneRound(small, few, round);
      LaneRound(large, many, round);
    }
    nlohmann::ordered_json result;
    for (const Case* one : {&floor, &small, &large}) result["rows"].push_back(Row(*one, floor, small));
    std::cout << result.dump(1) << "\n";
    return 0;
  }

 private:
  void MakeSite() {
    std::string site =
        fmt::format("[[gates]]\ngate_id=\"{}\"\ntitle=\"Hữu Nghị\"\nutc_offset_minutes=420\n", kGate);
    for (size_t i = 0; i < kLanes; ++i) {
      site += fmt::format(
          "[[lanes]]\nlane_id=\"{0}\"\ngate_id=\"{1}\"\ntitle=\"{0}\"\ndirection=\"export\"\ncamera_id=\"{0}"
          "\"\n"
          "camera_url=\"http://127.0.0.1:1/x.mjpeg\"\nbarrier_address=\"127.0.0.1:{2}\"\nbarrier_unit_id=1\n"
          "register_map=\"simulated\"\n",
          LaneId(i), kGate, hardware_.of(i).port());
    }
    site_file_ = folder_.Write("site.toml", site);
    tls_ = pki_.MakeCertificate("lane");
  }

  std::vector<std::string> Environment(const Case& one, const lane::PeerAddresses& peers) const {
    return {"BORDERGATE_SITE__FILE=" + site_file_,
            "BORDERGATE_STORE__FOLDER=" + (folder_.path() / std::to_string(one.vehicles)).string(),
            "BORDERGATE_TLS__CA_FILE=" + tls_.ca_file,
            "BORDERGATE_TLS__CERTIFICATE_FILE=" + tls_.certificate_file,
            "BORDERGATE_TLS__KEY_FILE=" + tls_.key_file,
            "BORDERGATE_TLS__SITE=" + tls_.site,
            "BORDERGATE_ASSERTION__PUBLIC_KEY_FOLDER=" + pki_.public_key_folder(),
            "BORDERGATE_PEERS__CUSTOMS=" + peers.customs,
            "BORDERGATE_PEERS__FEE=" + peers.fee,
            "BORDERGATE_PEERS__YARD=" + peers.yard,
            "BORDERGATE_PEERS__VEHICLE=" + peers.vehicle};
  }

  // Every arm down, as a gate begins its day; an arm that is up proves nothing of the loops.
  void LowerArms() {
    for (size_t i = 0; i < kLanes; ++i) {
      hardware_.of(i).With([](lane::LaneModel& model) {
        model.trucks().clear();
        model.LowerPulse();
      });
    }
    std::this_thread::sleep_for(milliseconds(300));
  }

  void LaneRound(Case& one, const lane::PeerServices& peers, int round) {
    LowerArms();
    const std::string output = folder_.Write("lane.out", "");
    const SteadyInstant start = Now();
    {
      const Child child({Program("lane"), "serve"}, Environment(one, peers.addresses()), output);
      const int port =
          child.WaitForNumber(R"("event":"rpc.listening","message":"gRPC server listens","port":)");
      BG_CHECK(port != 0, "the lane starts");
      Camera camera(pki_, port);
      const Wall wall(pki_, port);
      while (!wall.AllAuto()) {
        camera.Alive();
        std::this_thread::sleep_for(milliseconds(20));
      }
      if (round > 0) one.starts.push_back(Milliseconds(Now() - start));
      size_t& next = next_plate_[one.vehicles];
      Drive(camera, [&](size_t lane) { return wall.Reads(lane); }, [&] { return Plate(next++); });
    }
    const auto times = hardware_.TakeTimes();
    one.times.insert(one.times.end(), times.begin(), times.end());
    ReadInside(output, one.inside);
  }

  // Trucks come and go in every lane; a read is sent at a chance moment after its lane has seen the truck.
  void Drive(Camera& camera, const std::function<bool(size_t)>& reads,
             const std::function<std::string()>& plate) {
    struct Lane {
      std::optional<std::string> plate;
      std::optional<SteadyInstant> send_at;
    };
    std::array<Lane, kLanes> lanes;
    SystemRandom random;
    SteadyInstant alive_at = Now();
    const SteadyInstant end = Now() + kRoundLength;
    while (Now() < end) {
      if (Now() >= alive_at) {
        camera.Alive();
        alive_at += milliseconds(1000);
      }
      for (size_t i = 0; i < kLanes; ++i) {
        Lane& lane = lanes[i];
        const bool empty = hardware_.of(i).With([](lane::LaneModel& model) { return model.empty(); });
        if (empty) {
          lane = {plate(), std::nullopt};
          hardware_.of(i).With([&](lane::LaneModel& model) {
            model.Arrive({.id = 1, .plate = *lane.plate, .length_m = 8, .speed_m_s = 12});
          });
        } else if (lane.plate && !lane.send_at && reads(i)) {
          lane.send_at = Now() + milliseconds(random.Below(100));
        } else if (lane.plate && lane.send_at && Now() >= *lane.send_at) {
          camera.Read(i, *lane.plate, hardware_);
          lane.plate.reset();
        }
      }
      std::this_thread::sleep_for(milliseconds(2));
    }
    std::this_thread::sleep_for(milliseconds(500));  // what was sent last
    for (size_t i = 0; i < kLanes; ++i)
      hardware_.of(i).With([](lane::LaneModel& model) { model.trucks().clear(); });
  }

  // As many messages as a round of the lane has trucks, at chance moments.
  void FloorRound(Case& one) {
    std::vector<std::string> command = {
        Program("gate_bench"), "floor",  folder_.path().string(), tls_.ca_file, tls_.certificate_file,
        tls_.key_file,         tls_.site};
    for (size_t i = 0; i < kLanes; ++i) command.push_back(std::to_string(hardware_.of(i).port()));
    {
      const Child child(command, {}, folder_.Write("floor.out", ""));
      const int port = child.WaitForNumber("floor_port=");
      BG_CHECK(port != 0, "the floor starts");
      Camera camera(pki_, port);
      SystemRandom random;
      const SteadyInstant end = Now() + kRoundLength;
      std::array<SteadyInstant, kLanes> next;
      for (auto& at : next) at = Now() + milliseconds(random.Below(3000));
      while (Now() < end) {
        for (size_t i = 0; i < kLanes; ++i) {
          if (Now() < next[i] || hardware_.waiting(i)) continue;
          camera.Read(i, Plate(i), hardware_);
          next[i] = Now() + milliseconds(1500 + random.Below(3000));
        }
        std::this_thread::sleep_for(milliseconds(2));
      }
      std::this_thread::sleep_for(milliseconds(500));
    }
    const auto times = hardware_.TakeTimes();
    one.times.insert(one.times.end(), times.begin(), times.end());
  }

  static void ReadInside(const std::string& output, std::vector<double>& inside) {
    std::ifstream file(output);
    for (std::string line; std::getline(file, line);) {
      const auto entry = nlohmann::json::parse(line, nullptr, false);
      if (entry.is_object() && entry.value("event", "") == "barrier.raised")
        inside.push_back(entry["duration_ms"]);
    }
  }

  static nlohmann::ordered_json Row(const Case& one, const Case& floor, const Case& small) {
    nlohmann::ordered_json row;
    row["case"] = one.title;
    row["reads"] = one.times.size();
    row["p50_ms"] = At(one.times, 0.5);
    row["p99_ms"] = At(one.times, 0.99);
    row["max_ms"] = At(one.times, 1);
    row["p50_of_floor"] = At(one.times, 0.5) / At(floor.times, 0.5);
    row["p99_of_floor"] = At(one.times, 0.99) / At(floor.times, 0.99);
    if (one.vehicles == 0) return row;
    row["inside_p50_ms"] = At(one.inside, 0.5);
    row["inside_p99_ms"] = At(one.inside, 0.99);
    row["p50_of_1000"] = At(one.times, 0.5) / At(small.times, 0.5);
    row["restart_to_auto_ms"] = At(one.starts, 1);
    return row;
  }

  const TestPki pki_;
  const TemporaryFolder folder_;
  Hardware hardware_;
  std::string site_file_;
  TlsConfig tls_;
  std::map<size_t, size_t> next_plate_;
};

}  // namespace
}  // namespace bordergate::load

int main(int argc, char** argv) {
  if (argc > 2 && std::string_view(argv[1]) == "floor")
    return bordergate::load::RunGateFloor({argv + 2, argv + argc});
  return bordergate::load::Bench().Run();
}
