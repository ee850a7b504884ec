// The running service with a camera that lives for the whole test.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "services/lane/testing/running_lane.h"

namespace bordergate::lane {

class LaneServiceTest : public testing::Test {
 protected:
  static constexpr char kLane[] = "huu-nghi-x1";

  // A camera that lives for the whole test.
  LaneServiceTest() : camera_(gate_) {
    alive_ = std::thread([this] {
      while (!stopping_) {
        {
          const std::lock_guard lock(camera_mutex_);
          for (const char* lane : {kLane, "tan-thanh-x1"}) camera_.Alive(lane);
        }
        std::unique_lock lock(stop_mutex_);
        stop_changed_.wait_for(lock, milliseconds(500), [this] { return stopping_.load(); });
      }
    });
  }
  ~LaneServiceTest() override { StopCamera(); }
  void StopCamera() {
    stopping_ = true;
    stop_changed_.notify_all();
    if (alive_.joinable()) alive_.join();
  }

  void DriveUp(const std::string& plate) {
    gate_.controller().With(
        [&](LaneModel& model) { model.Arrive({.id = 1, .plate = plate, .speed_m_s = 15}); });
    gate_.WaitForLane(
        kLane, [](const v1::Lane& lane) { return lane.arming_loop() && lane.mode() == v1::MODE_AUTO; });
  }
  v1::ReportReadsResponse Read(const std::string& plate) {
    const std::lock_guard lock(camera_mutex_);
    return camera_.Read(camera_.NewRead(kLane, plate));
  }
  int pulses() {
    return gate_.controller().With([](LaneModel& model) { return model.raise_pulses(); });
  }
  v1::OpenBarrierRequest OpenRequest(const std::string& request_id, const std::string& plate) {
    v1::OpenBarrierRequest request;
    request.set_request_id(request_id);
    request.set_lane_id(kLane);
    request.set_reason_code("OFFICER_IDENTIFIED");
    request.set_plate(plate);
    return request;
  }

  RunningLane gate_;
  std::mutex camera_mutex_;
  CameraStream camera_;
  std::mutex stop_mutex_;
  std::condition_variable stop_changed_;
  std::atomic<bool> stopping_ = false;
  std::thread alive_;
};

}  // namespace bordergate::lane
