// What plays the gate around the program that is measured: the controllers, a camera process, and the
// console's wall of lanes.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/rpc/channel.h"
#include "libs/rpc/time.h"
#include "libs/testing/test_pki.h"
#include "services/lane/testing/modbus_controller.h"

namespace bordergate::load {

inline constexpr size_t kLanes = 14;
inline constexpr size_t kPictureBytes = 60'000;  // a frame as a camera sends it

inline std::string LaneId(size_t lane) { return "lane-" + std::to_string(lane + 1); }
inline std::string Plate(size_t number) { return fmt::format("29C{:05}", number); }
inline double Milliseconds(SteadyInstant::duration span) {
  return std::chrono::duration<double, std::milli>(span).count();
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
    sent_[lane] = std::chrono::steady_clock::now();
  }
  bool waiting(size_t lane) const {
    const std::lock_guard lock(mutex_);
    return sent_[lane].has_value();
  }
  // What every lane's reads took since the last time this was asked, in the order of the reads.
  struct Took {
    SteadyInstant sent;
    double ms = 0;
  };
  std::array<std::vector<Took>, kLanes> TakeTimes() {
    const std::lock_guard lock(mutex_);
    for (auto& sent : sent_) sent.reset();
    return std::exchange(times_, {});
  }

 private:
  void Raised(size_t lane) {
    const SteadyInstant now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    if (sent_[lane]) times_[lane].push_back({*sent_[lane], Milliseconds(now - *sent_[lane])});
    sent_[lane].reset();
  }
  mutable std::mutex mutex_;
  std::array<std::optional<SteadyInstant>, kLanes> sent_;
  std::array<std::vector<Took>, kLanes> times_;
  std::vector<std::unique_ptr<lane::ModbusController>> controllers_;
};

// A camera process: one stream for all lanes, signs of life, answers read and dropped.
class Camera {
 public:
  Camera(const TestPki& pki, int port)
      : channel_("lane", fmt::format("127.0.0.1:{}", port), pki.MakeCertificate("camera")),
        stream_(channel_.Converse<lane::v1::lane_service::ReportReads>(
            rpc::CallOptions::Own(clock_, seconds(60)))),
        answers_([this] {
          lane::v1::ReportReadsResponse response;
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
      lane::v1::ReportReadsRequest request;
      request.mutable_health()->set_camera_id(LaneId(i));
      request.mutable_health()->set_lane_id(LaneId(i));
      stream_.Write(request);
    }
  }
  void Read(size_t lane, const std::string& plate, Hardware& hardware) {
    lane::v1::ReportReadsRequest request;
    lane::v1::PlateRead& read = *request.mutable_read();
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
  rpc::ClientConversation<lane::v1::ReportReadsRequest, lane::v1::ReportReadsResponse> stream_;
  const std::string picture_ = std::string(kPictureBytes, 'p');
  int reads_ = 0;
  std::thread answers_;
};

// The wall of lanes in the console: what each lane says of itself.
class Wall {
 public:
  Wall(const TestPki& pki, int port)
      : channel_("lane", fmt::format("127.0.0.1:{}", port), pki.MakeCertificate("gateway")),
        stream_(channel_.Open<lane::v1::lane_service::WatchLanes>(Options(pki), {})),
        watching_([this] {
          lane::v1::WatchLanesResponse response;
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
    return it != lanes_.end() && it->second.mode() == lane::v1::MODE_AUTO &&
           it->second.state() == lane::v1::LANE_STATE_IDENTIFYING;
  }
  bool AllAuto() const {
    const std::lock_guard lock(mutex_);
    return lanes_.size() == kLanes && std::all_of(lanes_.begin(), lanes_.end(), [](const auto& one) {
             return one.second.mode() == lane::v1::MODE_AUTO;
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
  rpc::ServerStream<lane::v1::WatchLanesResponse> stream_;
  mutable std::mutex mutex_;
  std::map<std::string, lane::v1::Lane> lanes_;
  std::thread watching_;
};

}  // namespace bordergate::load
