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
constexpr size_t kTagBytesMax = 1 << 20;
constexpr double kEventsPerSecond = 10;
constexpr double kEventsAtOnce = 20;

// More than these knocks are not counted one by one.
constexpr size_t kStrangersMax = 256;

http::Response Plain(int status, std::string_view text) {
  return http::MakeResponse(status, "text/plain; charset=utf-8", std::string(text) + "\n");
}

// Somebody who may send, whatever it is.
struct Guest {
  std::string label;  // of its id in logs and metrics: "camera_id", "tag_reader_id"
  std::string id;
  std::string address;
  PushAuthentication authentication = PushAuthentication::kBasic;
  std::string key;
  size_t body_bytes_max = kBodyBytesMax;
  // Reads a message whole or not at all, and passes it on. Returns what it was, for the metric.
  std::function<Result<std::string>(const PushedBody& body)> take{};
  double turns = kEventsAtOnce;
  std::optional<SteadyInstant> turns_time{};
};

Guest GuestOf(const PushCamera& camera, const PushListener::Sink& sink) {
  const auto take = [format = camera.format, utc_offset_minutes = camera.utc_offset_minutes,
                     id = camera.camera_id, sink](const PushedBody& body) -> Result<std::string> {
    PushedEvent event = BG_TRY(ReadPushedEvent(format, body, utc_offset_minutes));
    const char* what = event.is_plate ? "PLATE" : "SIGN_OF_LIFE";
    sink(id, std::move(event));
    return std::string(what);
  };
  return {.label = "camera_id",
          .id = camera.camera_id,
          .address = camera.address,
          .authentication = camera.authentication,
          .key = camera.key,
          .take = take};
}

Guest GuestOf(const PushTagReader& reader, const PushListener::TagSink& sink) {
  const auto take = [format = reader.format, id = reader.tag_reader_id,
                     sink](const PushedBody& body) -> Result<std::string> {
    const TagReport report = BG_TRY(ReadTagReport(format, body));
    sink(id, report);
    return std::string(report.empty() ? "SIGN_OF_LIFE" : "TAGS");
  };
  return {.label = "tag_reader_id",
          .id = reader.tag_reader_id,
          .address = reader.address,
          .authentication = reader.authentication,
          .key = reader.key,
          .body_bytes_max = kTagBytesMax,
          .take = take};
}

}  // namespace

// What a request goes through; outlives the requests that are open.
class PushListener::Door {
 public:
  Door(const PushOptions& options, const Sink& sink, const TagSink& tag_sink, Telemetry& telemetry,
       const Clock& clock)
      : telemetry_(telemetry), clock_(clock), digest_(clock) {
    for (const PushCamera& camera : options.cameras) guests_.emplace(camera.camera_id, GuestOf(camera, sink));
    for (const PushTagReader& reader : options.tag_readers)
      guests_.emplace(reader.tag_reader_id, GuestOf(reader, tag_sink));
  }

  bool Admits(const std::string& address) {
    const bool known = std::any_of(guests_.begin(), guests_.end(),
                                   [&](const auto& item) { return item.second.address == address; });
    if (!known) Refused(nullptr, "address", address);
    return known;
  }

  http::Response Answer(const http::Request& request) {
    if (request.segments.size() < 2 || request.segments[0] != "push") return Plain(404, "not found");
    const auto found = guests_.find(request.segments[1]);
    if (found == guests_.end() || found->second.address != request.remote_address) {
      Refused(nullptr, "camera", request.remote_address);
      return Plain(403, "nobody of this name sends from this address");
    }
    Guest& guest = found->second;
    if (request.method != "POST") {
      http::Response response = Plain(405, "events are sent by POST");
      response.headers.Set("Allow", "POST");
      return response;
    }
    if (auto refusal = Authenticate(guest, request)) return *std::move(refusal);
    if (!TakeTurn(guest)) {
      Count(guest, "TOO_MANY");
      return Plain(429, "too many events");
    }
    if (request.body.size() > guest.body_bytes_max) {
      Count(guest, "TOO_LARGE");
      return Plain(413, "the message is too large");
    }
    const Result<std::string> taken =
        guest.take({.content_type = request.Header("Content-Type"), .bytes = request.body});
    if (!taken) {
      Count(guest, taken.error().reason());
      telemetry_.log.Warning("push.unreadable", taken.error().message(),
                             {{guest.label, guest.id}, {"reason", taken.error().reason()}});
      return Plain(taken.error().Is(kPushUnsupported) ? 415 : 400, taken.error().message());
    }
    Count(guest, *taken);
    // Dahua's cameras send an event again until they are told this.
    return http::MakeResponse(200, "application/json", R"({"Result":true,"Message":""})");
  }

 private:
  std::optional<http::Response> Authenticate(const Guest& guest, const http::Request& request) {
    const std::string_view authorization = request.Header("Authorization");
    auto verdict = DigestCheck::Verdict::kWrong;
    switch (guest.authentication) {
      case PushAuthentication::kPath:
        if (request.segments.size() >= 3 && EqualSecrets(request.segments[2], guest.key)) return std::nullopt;
        Refused(&guest, "key", request.remote_address);
        return Plain(403, "the key is wrong");
      case PushAuthentication::kBasic:
        if (IsBasicOf(authorization, guest.id, guest.key)) return std::nullopt;
        break;
      case PushAuthentication::kDigest:
        verdict = digest_.Check(authorization, request.method, request.target, guest.id, guest.key);
        if (verdict == DigestCheck::Verdict::kGood) return std::nullopt;
        break;
    }
    // To ask without a key first is how both schemes begin.
    if (!authorization.empty() && verdict == DigestCheck::Verdict::kWrong)
      Refused(&guest, "key", request.remote_address);
    http::Response response = Plain(401, "sign in");
    response.headers.Set("WWW-Authenticate",
                         guest.authentication == PushAuthentication::kBasic
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

  void Count(const Guest& guest, const std::string& outcome) {
    telemetry_.metrics
        .NewCounter("pushed_events_total", "Messages that were sent to us, by what became of them",
                    {{guest.label, guest.id}, {"outcome", outcome}})
        .Increment();
  }

  // Somebody who is not who he must be. Told the first time, the second, the fourth, the eighth.
  //   guest   in whose name; nothing when the name is none of ours, or not asked for yet
  void Refused(const Guest* guest, std::string_view what, const std::string& address) {
    telemetry_.metrics
        .NewCounter("pushes_refused_total", "Messages from whoever is none of ours, by what was wrong",
                    {{"what", std::string(what)}})
        .Increment();
    uint64_t count = 0;
    {
      const std::lock_guard lock(mutex_);
      if (strangers_.size() >= kStrangersMax) strangers_.clear();
      count = ++strangers_[address + " " + (guest == nullptr ? "" : guest->id)];
    }
    if (!std::has_single_bit(count)) return;
    telemetry_.log.Error("push.refused", "somebody who is no camera and no reader of ours sends events",
                         {{"what", what},
                          {guest == nullptr ? "camera_id" : guest->label, guest == nullptr ? "" : guest->id},
                          {"address", address},
                          {"count", count}});
  }

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
                                                          TagSink tag_sink, Telemetry& telemetry,
                                                          const Clock& clock) {
  auto door = std::make_shared<Door>(options, sink, tag_sink, telemetry, clock);
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
