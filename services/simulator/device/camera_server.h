// The simulated cameras on the network: MJPEG over HTTP (libs/http), as most cameras at a lane speak.
//
//   GET <path>            multipart/x-mixed-replace, one JPEG a part, each with Content-Length and
//   X-Timestamp GET <path>?still=1    one JPEG
//
// A frame is painted only for a camera that somebody watches. A reader that is slow gets fewer frames, not
// older ones. One thread paints for all cameras of a server; when it cannot keep up there are fewer frames,
// too.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "libs/http/server.h"
#include "services/simulator/device/frame_source.h"

namespace bordergate::simulator {

struct CameraOnServer {
  std::string camera_id;
  std::string path;     // of its address, for example "/huu-nghi-x1-front.mjpeg"
  std::string caption;  // written into its pictures
  std::function<LaneView()> view;
  CameraSight sight = CameraSight::kFront;
};

class CameraServer {
 public:
  // Listens at once and serves until destruction.
  //   listen   address and port; port 0 takes a free one
  //   night    whether it is dark now; called, as are the views, on threads of this server
  //   errors   LISTEN_REFUSED
  static Result<std::unique_ptr<CameraServer>> Start(const std::string& listen,
                                                     std::vector<CameraOnServer> cameras,
                                                     std::function<bool()> night, FrameRates rates,
                                                     const Clock& clock);
  ~CameraServer();
  CameraServer(const CameraServer&) = delete;
  CameraServer& operator=(const CameraServer&) = delete;

  uint16_t port() const { return server_->port(); }
  // Plates in the last frame of a camera, for tests; empty for a camera nobody watches.
  std::vector<SeenPlate> Plates(const std::string& camera_id) const;
  // Frames sent to somebody since the start.
  int64_t frame_count() const;

 private:
  struct Reader {
    http::Stream stream;
    std::shared_ptr<std::atomic<bool>> gone = std::make_shared<std::atomic<bool>>(false);
  };
  struct Camera {
    CameraOnServer what;
    FrameSource source;
    std::vector<Reader> readers;
    std::vector<http::Reply> stills;
    SteadyInstant sent_at{};
    std::vector<SeenPlate> plates;
  };

  CameraServer(std::vector<CameraOnServer> cameras, std::function<bool()> night, FrameRates rates,
               const Clock& clock);
  void Handle(const http::Request& request, const http::Reply& reply);
  void Run();
  void Serve(Camera& camera, std::unique_lock<std::mutex>& lock);
  void Send(Camera& camera, const Frame& frame);

  const std::function<bool()> night_;
  const Clock& clock_;
  FramePainters painters_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Camera>> cameras_;
  int64_t frame_count_ = 0;
  bool stopping_ = false;
  std::thread thread_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace bordergate::simulator
