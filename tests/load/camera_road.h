// Fourteen cameras at ten frames a second over HTTP, three with a truck before them at once, from pictures
// painted beforehand, so that what is measured is not the painting.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/random.h"
#include "libs/http/server.h"

namespace bordergate::load {

inline constexpr size_t kCameras = 14;

// One truck before one camera.
struct Stay {
  size_t camera = 0;
  std::string plate;
  Instant stopped{};  // its first frame at rest was sent
  Instant left{};     // the last one
};

class CameraRoad {
 public:
  CameraRoad();
  ~CameraRoad();
  CameraRoad(const CameraRoad&) = delete;
  CameraRoad& operator=(const CameraRoad&) = delete;

  std::string UrlOf(size_t camera) const;
  // So many cameras have a truck before them from now on.
  void SetBusy(size_t count) { busy_ = count; }
  // A truck has come to its stop, on the thread that sends frames.
  void OnStop(std::function<void(const Stay&)> on_stop) { on_stop_ = std::move(on_stop); }
  // Stays that are over.
  std::vector<Stay> stays() const;
  const std::vector<std::string>& plates() const { return plates_; }
  // A frame at rest of each truck.
  std::vector<std::string> RestFrames() const;
  int64_t frame_count() const { return frame_count_; }

 private:
  using Pictures = std::vector<std::string>;
  struct Camera {
    std::vector<http::Stream> readers;
    size_t truck = 0;  // index of plates_
    size_t tick = 0;   // of its stay
    bool present = false;
    Stay stay;
  };
  void Paint();
  void Run();
  // The next frame of a camera; moves its truck on.
  const std::string& Next(size_t index);
  void Replace();

  std::vector<std::string> plates_;
  Pictures idle_;
  std::vector<Pictures> coming_;  // of each truck
  std::vector<Pictures> at_rest_;
  SystemClock clock_;
  SeededRandom random_{14};
  std::function<void(const Stay&)> on_stop_;
  std::atomic<size_t> busy_ = 0;
  std::atomic<int64_t> frame_count_ = 0;
  mutable std::mutex mutex_;
  std::array<Camera, kCameras> cameras_;
  std::vector<Stay> stays_;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<http::Server> server_;
  std::thread thread_;
};

}  // namespace bordergate::load
