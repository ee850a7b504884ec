#include "services/simulator/device/camera_server.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace bordergate::simulator {
namespace {

constexpr std::string_view kBoundary = "bordergate-frame";
// How often a watched camera looks whether something moves.
constexpr milliseconds kLook{100};

http::Response Refusal(int status, const char* why) {
  return http::MakeResponse(status, "text/plain; charset=utf-8", std::string(why) + "\n");
}

std::string Part(const Frame& frame, Instant now) {
  std::string part =
      fmt::format("--{}\r\nContent-Type: image/jpeg\r\nContent-Length: {}\r\nX-Timestamp: {}\r\n\r\n",
                  kBoundary, frame->size(), FormatInstant(now));
  part.reserve(part.size() + frame->size() + 2);
  part += *frame;
  part += "\r\n";
  return part;
}

}  // namespace

CameraServer::CameraServer(std::vector<CameraOnServer> cameras, std::function<bool()> night, FrameRates rates,
                           const Clock& clock)
    : night_(std::move(night)), clock_(clock) {
  for (CameraOnServer& camera : cameras) {
    FrameSource source(painters_, camera.caption, rates, camera.sight);
    cameras_.push_back(std::make_unique<Camera>(Camera{
        .what = std::move(camera), .source = std::move(source), .readers = {}, .stills = {}, .plates = {}}));
  }
}

Result<std::unique_ptr<CameraServer>> CameraServer::Start(const std::string& listen,
                                                          std::vector<CameraOnServer> cameras,
                                                          std::function<bool()> night, FrameRates rates,
                                                          const Clock& clock) {
  std::unique_ptr<CameraServer> server(new CameraServer(std::move(cameras), std::move(night), rates, clock));
  http::ServerOptions options;
  options.listen = listen;
  options.limits.connections_max = 200;
  options.limits.stream_queue_bytes_max = 4 * 1024 * 1024;
  server->server_ = BG_TRY(http::Server::Start(
      options, [raw = server.get()](const http::Request& request, const http::Reply& reply) {
        raw->Handle(request, reply);
      }));
  server->thread_ = std::thread([raw = server.get()] { raw->Run(); });
  return server;
}

CameraServer::~CameraServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (server_) server_->Stop(milliseconds(0));
}

void CameraServer::Handle(const http::Request& request, const http::Reply& reply) {
  const std::lock_guard lock(mutex_);
  const auto at =
      std::ranges::find_if(cameras_, [&](const auto& camera) { return camera->what.path == request.path; });
  if (at == cameras_.end()) return reply.Send(Refusal(404, "no camera here"));
  if (request.method != "GET") return reply.Send(Refusal(405, "GET only"));
  Camera& camera = **at;
  if (camera.source.IsAway(camera.what.view())) return reply.Send(Refusal(503, "the camera is away"));
  if (request.QueryValue("still")) {
    camera.stills.push_back(reply);
  } else {
    http::Response head;
    head.headers.Add("Content-Type", fmt::format("multipart/x-mixed-replace; boundary={}", kBoundary));
    head.headers.Add("Cache-Control", "no-store");
    Reader reader{.stream = reply.StartStream(std::move(head))};
    reader.stream.OnClosed([gone = reader.gone] { *gone = true; });
    // Whoever comes anew sees something at once.
    camera.sent_at = {};
    camera.readers.push_back(std::move(reader));
  }
  changed_.notify_all();
}

void CameraServer::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    bool watched = false;
    for (const auto& camera : cameras_) {
      std::erase_if(camera->readers, [](const Reader& reader) { return reader.gone->load(); });
      if (camera->readers.empty() && camera->stills.empty()) continue;
      watched = true;
      Serve(*camera, lock);
    }
    if (stopping_) return;
    if (watched) {
      changed_.wait_for(lock, kLook);
    } else {
      changed_.wait(lock);
    }
  }
}

void CameraServer::Serve(Camera& camera, std::unique_lock<std::mutex>& lock) {
  // Painting takes some milliseconds; only this thread touches the source.
  lock.unlock();
  const SteadyInstant now = clock_.SteadyNow();
  const LaneView view = camera.what.view();
  const bool due = now - camera.sent_at + kLook / 4 >= camera.source.Interval(view);
  const bool away = camera.source.IsAway(view);
  lock.lock();
  if (away) {
    for (Reader& reader : camera.readers) reader.stream.Close();
    for (const http::Reply& still : camera.stills) still.Send(Refusal(503, "the camera is away"));
    camera.readers.clear();
    camera.stills.clear();
  }
  if (!due && camera.stills.empty()) return;
  lock.unlock();
  const Frame frame = camera.source.Next(view, night_());
  lock.lock();
  camera.sent_at = now;
  camera.plates = camera.source.plates();
  if (frame) Send(camera, frame);
}

void CameraServer::Send(Camera& camera, const Frame& frame) {
  const Instant now = clock_.Now();
  for (Reader& reader : camera.readers) {
    // Who has not taken the last frame yet goes without this one.
    if (reader.stream.queued_bytes() > 0) continue;
    reader.stream.Write(Part(frame, now));
    ++frame_count_;
  }
  for (const http::Reply& still : std::exchange(camera.stills, {})) {
    http::Response response;
    response.headers.Add("Content-Type", "image/jpeg");
    response.shared_body = frame;
    still.Send(std::move(response));
  }
}

std::vector<SeenPlate> CameraServer::Plates(const std::string& camera_id) const {
  const std::lock_guard lock(mutex_);
  const auto at =
      std::ranges::find_if(cameras_, [&](const auto& camera) { return camera->what.camera_id == camera_id; });
  return at == cameras_.end() ? std::vector<SeenPlate>() : (*at)->plates;
}

int64_t CameraServer::frame_count() const {
  const std::lock_guard lock(mutex_);
  return frame_count_;
}

}  // namespace bordergate::simulator
