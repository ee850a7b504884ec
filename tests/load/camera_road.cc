#include "tests/load/camera_road.h"

#include <fmt/format.h>

#include "services/simulator/device/frame_source.h"
#include "services/simulator/testing/views.h"

namespace bordergate::load {
namespace {

constexpr milliseconds kFrameInterval{100};
constexpr size_t kTrucks = 8;
constexpr size_t kIdlePictures = 12;
constexpr size_t kComingPictures = 15;
constexpr size_t kRestPictures = 6;
constexpr size_t kRestTicks = 50;  // five seconds at the stop line
constexpr double kStopLine_m = -3.5;
constexpr double kFirstSeen_m = -16;

std::string PartOf(const std::string& jpeg, Instant now) {
  const auto us = now.time_since_epoch().count();
  return fmt::format(
      "--frame\r\nContent-Type: image/jpeg\r\nX-Timestamp: {}.{:06}\r\nContent-Length: {}\r\n\r\n{}\r\n",
      us / 1'000'000, us % 1'000'000, jpeg.size(), jpeg);
}

}  // namespace

CameraRoad::CameraRoad() {
  Paint();
  auto server = http::Server::Start({}, [this](const http::Request& request, const http::Reply& reply) {
    const size_t camera = std::stoul(request.path.substr(1));
    const std::lock_guard lock(mutex_);
    cameras_.at(camera).readers.push_back(
        reply.StartStream(http::MakeResponse(200, "multipart/x-mixed-replace; boundary=frame", "")));
  });
  server_ = *std::move(server);
  thread_ = std::thread([this] { Run(); });
}

CameraRoad::~CameraRoad() {
  stopping_ = true;
  thread_.join();
}

std::string CameraRoad::UrlOf(size_t camera) const {
  return fmt::format("http://127.0.0.1:{}/{}", server_->port(), camera);
}

void CameraRoad::Paint() {
  simulator::FramePainters painters;
  simulator::FrameSource source(painters, "X1", {});
  for (size_t i = 0; i < kIdlePictures; ++i) {
    // The source repeats its few idle pictures; seen anew by a truck in between, they differ in their noise.
    idle_.push_back(*source.Next({}, false));
    if (i % 6 == 5) (void)source.Next(simulator::LaneWith(simulator::SeenTruck("29H12345", -20)), false);
  }
  for (size_t truck = 0; truck < kTrucks; ++truck) {
    plates_.push_back(fmt::format("29H{}", 12345 + 9876 * truck));
    Pictures coming, rest;
    for (size_t i = 0; i < kComingPictures; ++i) {
      const double part = static_cast<double>(i) / kComingPictures;
      auto seen = simulator::SeenTruck(plates_.back(), kFirstSeen_m + part * (kStopLine_m - kFirstSeen_m));
      seen.moving = true;
      seen.truck.paint = static_cast<int>(truck);
      coming.push_back(*source.Next(simulator::LaneWith(seen), false));
    }
    auto seen = simulator::SeenTruck(plates_.back(), kStopLine_m);
    seen.truck.paint = static_cast<int>(truck);
    for (size_t i = 0; i < kRestPictures; ++i) rest.push_back(*source.Next(simulator::LaneWith(seen), false));
    coming_.push_back(std::move(coming));
    at_rest_.push_back(std::move(rest));
  }
}

void CameraRoad::Replace() {
  size_t present = 0;
  for (const Camera& camera : cameras_) present += camera.present ? 1 : 0;
  for (int tries = 0; present < busy_ && tries < 100; ++tries) {
    const size_t index = random_.Below(kCameras);
    Camera& camera = cameras_[index];
    if (camera.present) continue;
    camera.truck = (camera.truck + 1 + random_.Below(kTrucks - 1)) % kTrucks;  // never the same again
    camera.tick = 0;
    camera.present = true;
    camera.stay = {.camera = index, .plate = plates_[camera.truck]};
    ++present;
  }
}

const std::string& CameraRoad::Next(size_t index) {
  Camera& camera = cameras_[index];
  const auto idle = static_cast<size_t>(frame_count_ / kCameras) % kIdlePictures;
  if (!camera.present) return idle_[idle];
  const size_t tick = camera.tick++;
  if (tick < kComingPictures) return coming_[camera.truck][tick];
  if (tick == kComingPictures) {
    camera.stay.stopped = clock_.Now();
    if (on_stop_) on_stop_(camera.stay);
  }
  if (tick == kComingPictures + kRestTicks) {
    camera.stay.left = clock_.Now();
    stays_.push_back(camera.stay);
    camera.present = false;
    return idle_[idle];
  }
  return at_rest_[camera.truck][tick % kRestPictures];
}

void CameraRoad::Run() {
  SteadyInstant next = clock_.SteadyNow();
  while (!stopping_) {
    for (size_t i = 0; i < kCameras; ++i) {
      next += kFrameInterval / kCameras;
      std::this_thread::sleep_until(next);
      const std::lock_guard lock(mutex_);
      const std::string part = PartOf(Next(i), clock_.Now());
      std::erase_if(cameras_[i].readers, [&](http::Stream& reader) {
        // Who has not taken the last frame yet goes without this one.
        return reader.queued_bytes() == 0 && !reader.Write(part);
      });
      ++frame_count_;
    }
    const std::lock_guard lock(mutex_);
    Replace();
  }
}

std::vector<Stay> CameraRoad::stays() const {
  const std::lock_guard lock(mutex_);
  return stays_;
}

std::vector<std::string> CameraRoad::RestFrames() const {
  std::vector<std::string> frames;
  for (const Pictures& pictures : at_rest_) frames.push_back(pictures.front());
  return frames;
}

}  // namespace bordergate::load
