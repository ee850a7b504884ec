// Measures from a plate read that a camera sends to the coil that the barrier's controller takes, 14 lanes
// busy, with 1,000 and with 100,000 expected vehicles, alone and with a standby, beside the floor: the same
// message over the same kind of stream, one write that is on the disk, one coil. In turns, each a process of
// its own over the same controllers.
//
//   gate_bench                               prints {"rows": [...]} for ./bench
//   gate_bench rounds SECONDS COUNT [FILE]   COUNT rounds of SECONDS a case; every read as a line of FILE
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

#include <nlohmann/json.hpp>

#include "libs/core/check.h"
#include "libs/core/random.h"
#include "libs/testing/free_port.h"
#include "libs/testing/temporary_folder.h"
#include "services/lane/testing/peer_services.h"
#include "tests/load/child.h"
#include "tests/load/gate_cast.h"
#include "tests/load/gate_floor.h"

namespace bordergate::load {
namespace {

constexpr char kGate[] = "huu-nghi";

SteadyInstant Now() { return std::chrono::steady_clock::now(); }
double At(std::vector<double> values, double part) {
  if (values.empty()) return -1;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<size_t>(part * static_cast<double>(values.size())))];
}
std::string Program(const std::string& name) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

// A case that is measured in rounds.
struct Case {
  std::string title;
  size_t vehicles = 0;
  bool has_standby = false;
  std::vector<double> times = {};  // read sent -> coil
  // Of it, as the lane says: until the lane was free; identify and decide; until the decision was on disk;
  // from the pulse to the controller's answer. What remains is the way through the stream.
  std::vector<double> stream = {}, waited = {}, decide = {}, journal = {}, barrier = {};
  std::vector<double> starts = {};  // program started -> every lane AUTO, without the first time
};

struct Plan {
  int rounds = 3;
  seconds round_length{30};
  std::string trace_file;
};

class Bench {
 public:
  explicit Bench(Plan plan) : plan_(std::move(plan)) {}

  int Run() {
    MakeSite();
    if (!plan_.trace_file.empty()) trace_.open(plan_.trace_file);
    Case floor{"floor: message, fdatasync, coil"};
    Case small{"lane, 1,000 expected", 1000};
    Case large{"lane, 100,000 expected", 100'000};
    Case pair{"lane with a standby, 1,000 expected", 1000, true};
    lane::PeerServices few(pki_), many(pki_);
    for (size_t i = 0; i < small.vehicles; ++i) few.Expect(fmt::format("trip_{}", i), Plate(i), kGate);
    for (size_t i = 0; i < large.vehicles; ++i) many.Expect(fmt::format("trip_{}", i), Plate(i), kGate);
    for (int round = 0; round < plan_.rounds; ++round) {
      FloorRound(floor);
      LaneRound(small, few, round);
      LaneRound(large, many, round);
      LaneRound(pair, few, round);
    }
    nlohmann::ordered_json result;
    for (const Case* one : {&floor, &small, &large, &pair}) result["rows"].push_back(Row(*one, floor, small));
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

  //   ports   where the leading program and its standby listen for each other, and the leading one for all;
  //   none: there
  //           is no standby
  std::vector<std::string> Environment(const Case& one, const lane::PeerAddresses& peers, bool leads,
                                       const std::optional<std::array<int, 3>>& ports) const {
    const std::string store = fmt::format("{}-{}-{}", one.vehicles, one.has_standby, leads);
    std::vector<std::string> environment = {
        "BORDERGATE_SITE__FILE=" + site_file_,
        "BORDERGATE_STORE__FOLDER=" + (folder_.path() / store).string(),
        "BORDERGATE_TLS__CA_FILE=" + tls_.ca_file,
        "BORDERGATE_TLS__CERTIFICATE_FILE=" + tls_.certificate_file,
        "BORDERGATE_TLS__KEY_FILE=" + tls_.key_file,
        "BORDERGATE_TLS__SITE=" + tls_.site,
        "BORDERGATE_ASSERTION__PUBLIC_KEY_FOLDER=" + pki_.public_key_folder(),
        "BORDERGATE_PEERS__CUSTOMS=" + peers.customs,
        "BORDERGATE_PEERS__FEE=" + peers.fee,
        "BORDERGATE_PEERS__YARD=" + peers.yard,
        "BORDERGATE_PEERS__VEHICLE=" + peers.vehicle};
    if (ports) {
      environment.push_back(fmt::format("BORDERGATE_STANDBY__PEER=127.0.0.1:{}", ports->at(leads ? 1 : 0)));
      environment.push_back(fmt::format("BORDERGATE_STANDBY__LISTEN=127.0.0.1:{}", ports->at(leads ? 0 : 1)));
      environment.push_back(fmt::format("BORDERGATE_STANDBY__LEADS={}", leads));
      environment.push_back(fmt::format("BORDERGATE_RPC__LISTEN=127.0.0.1:{}", leads ? ports->at(2) : 0));
    }
    return environment;
  }

  // Every arm down, as a gate begins its day; an arm that is up proves nothing of the loops.
  void LowerArms() {
    for (size_t i = 0; i < kLanes; ++i) {
      hardware_.of(i).With([](lane::LaneModel& model) {
        model.trucks().clear();
        model.LowerPulse();
      });
      hardware_.of(i).replaced =
          true;  // the program of the round before is nobody whose silence must be awaited
    }
    std::this_thread::sleep_for(milliseconds(300));
  }

  void LaneRound(Case& one, const lane::PeerServices& peers, int round) {
    LowerArms();
    const std::string output = folder_.Write("lane.out", "");
    const SteadyInstant start = Now();
    {
      std::optional<std::array<int, 3>> ports;
      if (one.has_standby) ports = {FreePort(), FreePort(), FreePort()};
      const std::vector<std::string> command = {Program("lane"), "serve"};
      const Child child(command, Environment(one, peers.addresses(), true, ports), output);
      // Of a pair each listens twice, the first time for the other one alone.
      const std::string listens = R"("event":"rpc.listening","message":"gRPC server listens","port":)";
      int port = 0;
      if (!ports) port = child.WaitForNumber(listens);
      if (ports && child.WaitFor(listens + std::to_string(ports->at(2)))) port = ports->at(2);
      BG_CHECK(port != 0, "the lane starts");
      Camera camera(pki_, port);
      const Wall wall(pki_, port);
      while (!wall.AllAuto()) {
        camera.Alive();
        std::this_thread::sleep_for(milliseconds(20));
      }
      if (round > 0) one.starts.push_back(Milliseconds(Now() - start));
      std::optional<Child> standby;
      if (one.has_standby) {
        standby.emplace(command, Environment(one, peers.addresses(), false, ports),
                        folder_.Write("standby.out", ""));
        while (!child.HasWritten(R"("event":"standby.in_step")")) {
          BG_CHECK(Now() - start < seconds(30), "the standby follows");
          camera.Alive();
          std::this_thread::sleep_for(milliseconds(20));
        }
      }
      size_t& next = next_plate_[one.vehicles];
      Drive(camera, [&](size_t lane) { return wall.Reads(lane); }, [&] { return Plate(next++); });
    }
    Take(one, start, output);
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
    const SteadyInstant end = Now() + plan_.round_length;
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
    const SteadyInstant start = Now();
    {
      const Child child(command, {}, folder_.Write("floor.out", ""));
      const int port = child.WaitForNumber("floor_port=");
      BG_CHECK(port != 0, "the floor starts");
      Camera camera(pki_, port);
      SystemRandom random;
      const SteadyInstant end = Now() + plan_.round_length;
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
    Take(one, start, "");
  }

  // What a round measured. A lane's log has its pulses in the order of its reads.
  void Take(Case& one, SteadyInstant start, const std::string& output) {
    const auto stages = StagesOf(output);
    const auto times = hardware_.TakeTimes();
    for (size_t i = 0; i < kLanes; ++i) {
      const auto lane = stages.find(LaneId(i));
      const bool known = lane != stages.end() && lane->second.size() == times[i].size();
      BG_CHECK(known || one.vehicles == 0 || times[i].empty(), "every pulse of a lane is in its log");
      for (size_t n = 0; n < times[i].size(); ++n) {
        one.times.push_back(times[i][n].ms);
        const double at = Milliseconds(times[i][n].sent - start) / 1000;
        if (!known) {
          trace_ << fmt::format("{},{:.3f},{},{:.3f}\n", one.vehicles, at, i + 1, times[i][n].ms);
          continue;
        }
        const Stages& stage = lane->second[n];
        one.stream.push_back(times[i][n].ms - stage.total);
        one.waited.push_back(stage.waited);
        one.journal.push_back(stage.journal);
        one.barrier.push_back(stage.barrier);
        one.decide.push_back(stage.total - stage.waited - stage.journal - stage.barrier);
        trace_ << fmt::format("{},{:.3f},{},{:.3f},{:.3f},{:.3f},{:.3f},{:.3f},{:.3f}\n", one.vehicles, at,
                              i + 1, times[i][n].ms, one.stream.back(), stage.waited, one.decide.back(),
                              stage.journal, stage.barrier);
      }
    }
    trace_.flush();
  }

  struct Stages {
    double total = 0, waited = 0, journal = 0, barrier = 0;
  };
  static std::map<std::string, std::vector<Stages>> StagesOf(const std::string& output) {
    std::map<std::string, std::vector<Stages>> stages;
    std::ifstream file(output);
    for (std::string line; std::getline(file, line);) {
      const auto entry = nlohmann::json::parse(line, nullptr, false);
      if (!entry.is_object() || entry.value("event", "") != "barrier.raised") continue;
      stages[entry["lane_id"]].push_back(
          {entry["duration_ms"], entry["waited_ms"], entry["journal_ms"], entry["barrier_ms"]});
    }
    return stages;
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
    row["p50_of_1000"] = At(one.times, 0.5) / At(small.times, 0.5);
    const std::pair<const char*, const std::vector<double>*> stages[] = {{"stream", &one.stream},
                                                                         {"waited", &one.waited},
                                                                         {"decide", &one.decide},
                                                                         {"journal", &one.journal},
                                                                         {"modbus", &one.barrier}};
    for (const auto& [name, times] : stages) {
      row[fmt::format("{}_p50", name)] = At(*times, 0.5);
      row[fmt::format("{}_p99", name)] = At(*times, 0.99);
    }
    row["restart_to_auto_ms"] = At(one.starts, 1);
    return row;
  }

  const Plan plan_;
  std::ofstream trace_;
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
  bordergate::load::Plan plan;
  if (argc > 3 && std::string_view(argv[1]) == "rounds") {
    plan.round_length = bordergate::seconds(std::stoi(argv[2]));
    plan.rounds = std::stoi(argv[3]);
    if (argc > 4) plan.trace_file = argv[4];
  }
  return bordergate::load::Bench(std::move(plan)).Run();
}
