// Measures from an event of the vehicle service, "this plate is on the watch list", to the decision that each
// of 14 lanes makes anew on the truck that stands before its barrier, as the console hears of it; beside the
// floor: the same event over the same stream, read by a bare client that does nothing with it.
//
//   watchlist_bench            prints {"rows": [...]} for ./bench
//
// Every truck's plate looks like every entry of the list, so that one entry concerns all lanes at once: of
// 29C11111 with some 1 as 7.
#include <condition_variable>
#include <iostream>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bordergate/lane/v1/lane_service.rpc.h"
#include "bordergate/vehicle/v1/vehicle_service.rpc.h"

#include "libs/core/check.h"
#include "libs/plate/plate.h"
#include "libs/rpc/time.h"
#include "services/lane/testing/running_lane.h"

namespace bordergate::load {
namespace {

using lane::CameraStream;
using lane::RunningLane;

constexpr int kLanes = 14;
constexpr int kRuns = 4;  // each with trucks of its own
constexpr int kChanges =
    18;  // a run: a plate on the list and off again; a lane decides 20 times on one truck at the most
constexpr seconds kAnswer{30};

SteadyInstant Now() { return std::chrono::steady_clock::now(); }
std::string LaneId(int lane) { return fmt::format("huu-nghi-x{}", lane + 1); }
std::string Plate(int number) {
  std::string plate = "29C11111";
  for (size_t bit = 0; bit < 5; ++bit) {
    if ((number >> bit & 1) != 0) plate[3 + bit] = '7';
  }
  return plate;
}
double At(std::vector<double> values, double part) {
  BG_CHECK(!values.empty(), "something was measured");
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<size_t>(part * static_cast<double>(values.size())))];
}

// When something has arrived, by name. Safe for use by several threads.
class Arrivals {
 public:
  void Begin() {
    const std::lock_guard lock(mutex_);
    arrived_.clear();
    begin_ = Now();
  }
  void Note(const std::string& name) {
    const std::lock_guard lock(mutex_);
    arrived_.try_emplace(name, std::chrono::duration<double, std::milli>(Now() - begin_).count());
    changed_.notify_all();
  }
  // Milliseconds since Begin, of each name.
  std::vector<double> Wait(size_t count) {
    std::unique_lock lock(mutex_);
    BG_CHECK(changed_.wait_for(lock, kAnswer, [&] { return arrived_.size() >= count; }),
             "every lane heard of it");
    std::vector<double> times;
    for (const auto& [name, ms] : arrived_) times.push_back(ms);
    return times;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  SteadyInstant begin_ = Now();
  std::map<std::string, double> arrived_;
};

// Reads a server's stream on a thread of its own until it is destroyed.
template <class Method, class Use>
class Reader {
 public:
  using Request = typename Method::Request;
  using Response = typename Method::Response;
  Reader(std::unique_ptr<rpc::Channel> channel, const rpc::CallOptions& options, const Request& request,
         Use use)
      : channel_(std::move(channel)),
        stream_(channel_->template Open<Method>(options, request)),
        thread_([this, use] {
          Response response;
          while (stream_.Read(&response)) use(response);
        }) {}
  ~Reader() {
    stream_.Cancel();
    thread_.join();
    (void)stream_.Finish();
  }

 private:
  std::unique_ptr<rpc::Channel> channel_;
  rpc::ServerStream<Response> stream_;
  std::thread thread_;
};

// A gate with a truck before each barrier that nobody expects.
class Gate {
 public:
  Gate() : gate_(kLanes), camera_(gate_), alive_([this](const std::stop_token& stop) { Live(stop); }) {
    for (int i = 0; i < kLanes; ++i) {
      const auto index = static_cast<size_t>(i);
      gate_.controller(index).With(
          [&](lane::LaneModel& model) { model.Arrive({.id = i + 1, .plate = Plate(i), .speed_m_s = 15}); });
      gate_.WaitForLane(LaneId(i), [](const lane::v1::Lane& one) {
        return one.arming_loop() && one.mode() == lane::v1::MODE_AUTO;
      });
      for (bool taken = false; !taken;) {
        const std::lock_guard lock(mutex_);
        taken = camera_.Read(camera_.NewRead(LaneId(i), Plate(i))).accepted();
      }
    }
    for (int i = 0; i < kLanes; ++i) {
      gate_.WaitForLane(LaneId(i), [](const lane::v1::Lane& one) {
        return one.state() == lane::v1::LANE_STATE_REFUSED || one.state() == lane::v1::LANE_STATE_ASKING;
      });
    }
  }

  void Measure(std::vector<double>& lanes, std::vector<double>& floor) {
    Arrivals decided, heard;
    const auto use_decision = [&](const lane::v1::WatchDecisionsResponse& response) {
      if (response.has_decision()) decided.Note(response.decision().lane_id());
    };
    const auto use_event = [&](const vehicle::v1::WatchResponse& response) {
      if (response.has_event()) heard.Note("floor");
    };
    lane::v1::WatchDecisionsRequest decisions;
    decisions.set_after_sequence(-1);
    const Reader<lane::v1::lane_service::WatchDecisions, decltype(use_decision)> console(
        gate_.As("gateway"), gate_.For("person_1", common::v1::ROLE_AUDITOR), decisions, use_decision);
    auto bare_channel = std::make_unique<rpc::Channel>("vehicle", gate_.peers.addresses().vehicle,
                                                       gate_.pki.MakeCertificate("lane"));
    const Reader<vehicle::v1::vehicle_service::Watch, decltype(use_event)> bare(
        std::move(bare_channel), rpc::CallOptions::Own(gate_.clock, seconds(600)), {}, use_event);
    Change(0, decided, heard);  // the streams are up when this one has arrived
    for (int change = 1; change <= kChanges; ++change) {
      Change(change, decided, heard);
      for (const double ms : decided.Wait(kLanes)) lanes.push_back(ms);
      for (const double ms : heard.Wait(1)) floor.push_back(ms);
    }
  }

 private:
  // On the list with an even number, off it again with an odd one.
  void Change(int number, Arrivals& decided, Arrivals& heard) {
    vehicle::v1::VehicleEvent event;
    auto& entry = *event.mutable_watch_list_entry();
    entry.set_watch_list_entry_id(fmt::format("watch_{}", number / 2));
    entry.mutable_plate()->set_normalised(Plate(number / 2 % kLanes));
    entry.set_cause(vehicle::v1::WatchListEntry::CAUSE_STOLEN);
    if (number % 2 == 1) *entry.mutable_remove_time() = rpc::ToTimestamp(gate_.clock.Now());
    decided.Begin();
    heard.Begin();
    gate_.peers.vehicle.Append(number % 2 == 0 ? "watch_list.entry_added" : "watch_list.entry_removed",
                               event);
    if (number > 0) return;
    decided.Wait(kLanes);
    heard.Wait(1);
  }

  void Live(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock waiting(mutex);
    do {
      const std::lock_guard lock(mutex_);
      for (int i = 0; i < kLanes; ++i) camera_.Alive(LaneId(i));
    } while (!changed.wait_for(waiting, stop, milliseconds(500), [&] { return stop.stop_requested(); }));
  }

  RunningLane gate_;
  std::mutex mutex_;
  CameraStream camera_;
  std::jthread alive_;
};

nlohmann::ordered_json Row(const std::string& title, const std::vector<double>& times, double floor_p99) {
  nlohmann::ordered_json row;
  row["case"] = title;
  row["updates"] = times.size();
  row["p50_ms"] = At(times, 0.5);
  row["p99_ms"] = At(times, 0.99);
  row["max_ms"] = At(times, 1);
  row["p99_of_floor"] = At(times, 0.99) / floor_p99;
  return row;
}

int Run() {
  std::vector<double> lanes, floor;
  for (int run = 0; run < kRuns; ++run) {
    Gate gate;
    gate.Measure(lanes, floor);
  }
  const double floor_p99 = At(floor, 0.99);
  nlohmann::ordered_json rows = {
      Row("bare stream", floor, floor_p99),
      Row(fmt::format("each of {} lanes has decided anew", kLanes), lanes, floor_p99)};
  std::cout << nlohmann::ordered_json{{"rows", rows}}.dump() << "\n";
  return 0;
}

}  // namespace
}  // namespace bordergate::load

int main() { return bordergate::load::Run(); }
