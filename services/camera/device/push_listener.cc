#include "services/camera/device/push_listener.h"

#include <algorithm>
#include <bit>
#include <map>
#include <mutex>

#include "libs/core/digest.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

constexpr size_t kBodyBytesMax = 12 << 20;  // a scene of 8 MB as base64
constexpr double kEventsPerSecond = 10;
constexpr double kEventsAtOnce = 20;

// More than these knocks are not counted one by one.
constexpr size_t kStrangersMax = 256;

http::Response Plain(int status, std::string_view text) {
  return http::MakeResponse(status, "text/plain; charset=utf-8", std::string(text) + "\n");
}

}  // namespace

// What a request goes through; outlives the requests that are open.
class PushListener::Door {
 public:
  Door(std::vector<PushCamera> cameras, Sink sink, Telemetry& telemetry, const Clock& clock)
      : sink_(std::move(sink)), telemetry_(telemetry), clock_(clock), digest_(clock) {
    for (PushCamera& camera : cameras) {
      const std::string camera_id = camera.camera_id;
      guests_.emplace(camera_id, Guest{.camera = std::move(camera)});
    }
  }

  bool Admits(const std::string& address) {
    const bool known = std::any_of(guests_.begin(), guests_.end(),
                                   [&](const auto& item) { return item.second.camera.address == address; });
    if (!known) Refused("", "address", address);
    return known;
  }

  http::Response Answer(const http::Request& request) {
    if (request.segments.size() < 2 || request.segments[0] != "push") return Plain(404, "not found");
    const auto found = guests_.find(request.segments[1]);
    if (found == guests_.end() || found->second.camera.address != request.remote_address) {
      Refused("", "camera", request.remote_address);
      return Plain(403, "no such camera sends from this address");
    }
    Guest& guest = found->second;
    const PushCamera& camera = guest.camera;
    if (request.method != "POST") {
      http::Response response = Plain(405, "events are sent by POST");
      response.headers.Set("Allow", "POST");
      return response;
    }
    if (auto refusal = Authenticate(camera, request)) return *std::move(refusal);
    if (!TakeTurn(guest)) {
      Count(camera, "TOO_MANY");
      return Plain(429, "too many events");
    }
    auto event = ReadPushedEvent(camera.format,
                                 {.content_type = request.Header("Content-Type"), .bytes = request.body},
                                 camera.utc_offset_minutes);
    if (!event) {
      Count(camera, event.error().reason());
      telemetry_.log.Warning("push.unreadable", event.error().message(),
                             {{"camera_id", camera.camera_id}, {"reason", event.error().reason()}});
      return Plain(event.error().Is(kPushUnsupported) ? 415 : 400, event.error().message());
    }
    Count(camera, event->is_plate ? "PLATE" : "SIGN_OF_LIFE");
    sink_(camera.camera_id, *std::move(event));
    // Dahua's cameras send an event again until they are told this.
    return http::MakeResponse(200, "application/json", R"({"Result":true,"Message":""})");
  }

 private:
  struct Guest {
    PushCamera camera;
    double turns = kEventsAtOnce;
    std::optional<SteadyInstant> turns_time{};
  };

  std::optional<http::Response> Authenticate(const PushCamera& camera, const http::Request& request) {
    const std::string_view authorization = request.Header("Authorization");
    auto verdict = DigestCheck::Verdict::kWrong;
    switch (camera.authentication) {
      case PushAuthentication::kPath:
        if (request.segments.size() >= 3 && EqualSecrets(request.segments[2], camera.key))
          return std::nullopt;
        Refused(camera.camera_id, "key", request.remote_address);
        return Plain(403, "the key is wrong");
      case PushAuthentication::kBasic:
        if (IsBasicOf(authorization, camera.camera_id, camera.key)) return std::nullopt;
        break;
      case PushAuthentication::kDigest:
        verdict = digest_.Check(authorization, request.method, request.target, camera.camera_id, camera.key);
        if (verdict == DigestCheck::Verdict::kGood) return std::nullopt;
        break;
    }
    // To ask without a key first is how both schemes begin.
    if (!authorization.empty() && verdict == DigestCheck::Verdict::kWrong)
      Refused(camera.camera_id, "key", request.remote_address);
    http::Response response = Plain(401, "sign in");
    response.headers.Set("WWW-Authenticate",
                         camera.authentication == PushAuthentication::kBasic
                             ? R"(Basic realm="bordergate")"
                             : digest_.Challenge(verdict == DigestCheck::Verdict::kStale));
    return response;
  }

  bool TakeTurn(Guest& guest) {
    const std::lock_guard lock(mutex_);
    const SteadyInstant now = clock_.SteadyNow();
    if (guest.turns_time) {
      const std::chrono::duration<double> since = now - *guest.turns_time;
      guest.turns = std::min(kEventsAtOnce, guest.turns + since.count() * kEventsPerSecond);
    }
    guest.turns_time = now;
    if (guest.turns < 1) return false;
    guest.turns -= 1;
    return true;
  }

  void Count(const PushCamera& camera, const std::string& outcome) {
    telemetry_.metrics
        .NewCounter("pushed_events_total", "Events that cameras sent, by what became of them",
                    {{"camera_id", camera.camera_id}, {"outcome", outcome}})
        .Increment();
  }

  // Somebody who is not who he must be. Told the first time, the second, the fourth, the eighth.
  void Refused(const std::string& camera_id, std::string_view what, const std::string& address) {
    telemetry_.metrics
        .NewCounter("pushes_refused_total", "Messages from whoever is no camera of ours, by what was wrong",
                    {{"what", std::string(what)}})
        .Increment();
    uint64_t count = 0;
    {
      const std::lock_guard lock(mutex_);
      if (strangers_.size() >= kStrangersMax) strangers_.clear();
      count = ++strangers_[address + " " + camera_id];
    }
    if (!std::has_single_bit(count)) return;
    telemetry_.log.Error("push.refused", "somebody who is no camera of ours sends events",
                         {{"what", what}, {"camera_id", camera_id}, {"address", address}, {"count", count}});
  }

  const Sink sink_;
  Telemetry& telemetry_;
  const Clock& clock_;
  DigestCheck digest_;
  std::mutex mutex_;
  std::map<std::string, Guest, std::less<>> guests_;
  std::map<std::string, uint64_t> strangers_;
};

PushListener::PushListener(std::shared_ptr<Door> door, std::unique_ptr<http::Server> server)
    : door_(std::move(door)), server_(std::move(server)) {}

PushListener::~PushListener() { server_->Stop(milliseconds(500)); }

uint16_t PushListener::port() const { return server_->port(); }

Result<std::unique_ptr<PushListener>> PushListener::Start(const PushOptions& options, Sink sink,
                                                          Telemetry& telemetry, const Clock& clock) {
  auto door = std::make_shared<Door>(options.cameras, std::move(sink), telemetry, clock);
  http::ServerOptions server_options{.listen = options.listen, .thread_count = 2};
  server_options.limits.body_bytes_max = kBodyBytesMax;
  server_options.limits.connections_max = 32;
  server_options.limits.connections_per_address_max = 4;
  server_options.limits.body_timeout = seconds(15);
  if (!options.certificate_file.empty())
    server_options.tls =
        http::TlsFiles{.certificate_file = options.certificate_file, .key_file = options.key_file};
  server_options.admits = [door](const std::string& address) { return door->Admits(address); };
  auto server = BG_TRY(http::Server::Start(
      std::move(server_options),
      [door](const http::Request& request, const http::Reply& reply) { reply.Send(door->Answer(request)); }));
  return std::unique_ptr<PushListener>(new PushListener(std::move(door), std::move(server)));
}

}  // namespace bordergate::camera
