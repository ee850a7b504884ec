#include "libs/config/common_config.h"

namespace bordergate {

TlsConfig TlsConfig::Read(ConfigReader& reader) {
  return {
      .ca_file = reader.Text("tls.ca_file", 1),
      .certificate_file = reader.Text("tls.certificate_file", 1),
      .key_file = reader.Text("tls.key_file", 1),
      .site = reader.Text("tls.site", 1, 40),
  };
}

RpcConfig RpcConfig::Read(ConfigReader& reader) {
  return {
      .listen = reader.Address("rpc.listen"),
      .handler_threads = static_cast<int>(reader.Integer("rpc.handler_threads", 1, 64)),
      .waiting_calls_max = static_cast<int>(reader.Integer("rpc.waiting_calls_max", 1, 10'000)),
      .open_streams_max = static_cast<int>(reader.Integer("rpc.open_streams_max", 1, 10'000)),
      .message_bytes_max = static_cast<int>(reader.Integer("rpc.message_bytes_max", 1 << 10, 64 << 20)),
      .call_duration_max = reader.Duration("rpc.call_duration_max_ms", milliseconds(100), seconds(120)),
      .drain_duration = reader.Duration("rpc.drain_duration_ms", milliseconds(0), seconds(60)),
      .tls = TlsConfig::Read(reader),
      .assertion_public_key_folder = reader.Text("assertion.public_key_folder", 1),
  };
}

AdminConfig AdminConfig::Read(ConfigReader& reader) { return {.listen = reader.Address("admin.listen")}; }

TelemetryConfig TelemetryConfig::Read(ConfigReader& reader) {
  return {.log_level = reader.Choice("telemetry.log_level", {"debug", "info", "warning", "error"})};
}

DatabaseConfig DatabaseConfig::Read(ConfigReader& reader) {
  return {
      .url = reader.Text("database.url", 1),
      .connections_max = static_cast<int>(reader.Integer("database.connections_max", 2, 100)),
      .connect_timeout = reader.Duration("database.connect_timeout_ms", milliseconds(100), seconds(60)),
      .start_wait = reader.Duration("database.start_wait_ms", milliseconds(0), seconds(600)),
  };
}

}  // namespace bordergate
