#include "services/gateway/config.h"

namespace bordergate::gateway {
namespace {

constexpr milliseconds kTimeoutMin{100};
constexpr milliseconds kTimeoutMax{600'000};

http::ServerOptions ReadHttp(ConfigReader& reader) {
  http::ServerOptions options;
  options.listen = reader.Address("http.listen");
  options.thread_count = static_cast<int>(reader.Integer("http.threads", 1, 64));
  http::Limits& limits = options.limits;
  limits.connections_max = static_cast<int>(reader.Integer("http.connections_max", 1, 100'000));
  limits.connections_per_address_max =
      static_cast<int>(reader.Integer("http.connections_per_address_max", 0, 100'000));
  limits.header_bytes_max = static_cast<size_t>(reader.Integer("http.header_bytes_max", 1 << 10, 256 << 10));
  limits.body_bytes_max = static_cast<size_t>(reader.Integer("http.body_bytes_max", 1 << 10, 64 << 20));
  limits.stream_queue_bytes_max =
      static_cast<size_t>(reader.Integer("http.stream_queue_bytes_max", 16 << 10, 64 << 20));
  limits.header_timeout = reader.Duration("http.header_timeout_ms", kTimeoutMin, kTimeoutMax);
  limits.body_timeout = reader.Duration("http.body_timeout_ms", kTimeoutMin, kTimeoutMax);
  limits.idle_timeout = reader.Duration("http.idle_timeout_ms", kTimeoutMin, kTimeoutMax);
  limits.write_timeout = reader.Duration("http.write_timeout_ms", kTimeoutMin, kTimeoutMax);
  const std::string certificate_file = reader.Text("http.certificate_file");
  const std::string key_file = reader.Text("http.key_file");
  reader.Require(certificate_file.empty() == key_file.empty(), "http.key_file",
                 "give certificate_file and key_file, or neither");
  if (!certificate_file.empty()) {
    options.tls = http::TlsFiles{.certificate_file = certificate_file, .key_file = key_file};
  }
  return options;
}

RateRule ReadRate(ConfigReader& reader, const std::string& name) {
  return {.per_second = reader.Number("rate." + name + "_per_second", 1, 1e6),
          .burst = reader.Number("rate." + name + "_burst", 1, 1e6)};
}

DoorRules ReadDoor(ConfigReader& reader) {
  return {
      .json = {.depth_max = static_cast<int>(reader.Integer("json.depth_max", 8, 90)),
               .values_max = static_cast<int>(reader.Integer("json.values_max", 100, 1'000'000))},
      .caller_rate = ReadRate(reader, "caller"),
      .address_rate = ReadRate(reader, "address"),
      .callers_max = static_cast<size_t>(reader.Integer("rate.callers_max", 100, 1'000'000)),
      .call_deadline = reader.Duration("calls.deadline_ms", milliseconds(100), seconds(120)),
      .calls_max = static_cast<int>(reader.Integer("calls.waiting_max", 1, 100'000)),
      .public_origins = reader.TextList("http.public_origins"),
      .trusted_proxies = reader.TextList("http.trusted_proxies"),
  };
}

StreamRules ReadStreams(ConfigReader& reader) {
  return {
      .per_caller_max = static_cast<int>(reader.Integer("streams.per_caller_max", 1, 1000)),
      .total_max = static_cast<int>(reader.Integer("streams.total_max", 1, 100'000)),
      .heartbeat_interval = reader.Duration("streams.heartbeat_interval_ms", seconds(1), seconds(300)),
      .session_grace = reader.Duration("streams.session_grace_ms", milliseconds(0), seconds(3600)),
  };
}

}  // namespace

GatewayConfig GatewayConfig::Read(ConfigReader& reader) {
  GatewayConfig config;
  config.admin = AdminConfig::Read(reader);
  config.telemetry = TelemetryConfig::Read(reader);
  config.tls = TlsConfig::Read(reader);
  config.http = ReadHttp(reader);
  config.drain_duration = reader.Duration("http.drain_duration_ms", milliseconds(0), seconds(60));
  const int64_t hsts_max_age_s = reader.Integer("http.hsts_max_age_s", 0, 63'072'000);
  config.hsts_max_age_s = config.http.tls ? hsts_max_age_s : 0;
  config.door = ReadDoor(reader);
  config.streams = ReadStreams(reader);
  config.sessions_kept_max = static_cast<size_t>(reader.Integer("sessions.kept_max", 10, 1'000'000));
  config.folders = {.console = reader.Text("console.folder"), .reference = reader.Text("reference.folder")};
  config.peers["identity"] = reader.Address("peers.identity");
  for (const char* service : {"vehicle", "customs", "fee", "yard", "lane", "camera", "exchange", "report"}) {
    config.peers[service] = reader.OptionalPeerAddress(std::string("peers.") + service);
  }
  return config;
}

}  // namespace bordergate::gateway
