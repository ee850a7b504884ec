#include "services/identity/config.h"

namespace bordergate::identity {
namespace {

seconds ReadSeconds(ConfigReader& reader, std::string_view key, seconds min, seconds max) {
  return std::chrono::duration_cast<seconds>(reader.Duration(key, min, max));
}

}  // namespace

IdentityConfig IdentityConfig::Read(ConfigReader& reader) {
  IdentityConfig config{
      .rpc = RpcConfig::Read(reader),
      .admin = AdminConfig::Read(reader),
      .telemetry = TelemetryConfig::Read(reader),
      .database = DatabaseConfig::Read(reader),
      .signing_key_id = reader.Text("assertion.signing_key_id", 1, 40),
      .signing_key_file = reader.Text("assertion.signing_key_file", 1),
      .assertion_lifetime = ReadSeconds(reader, "assertion.lifetime_s", seconds(1), seconds(60)),
      .sessions = {.idle = ReadSeconds(reader, "sessions.idle_s", seconds(300), std::chrono::days(1)),
                   .absolute = ReadSeconds(reader, "sessions.absolute_s", seconds(300), std::chrono::days(7)),
                   .per_subject_max = static_cast<int>(reader.Integer("sessions.per_subject_max", 1, 1'000))},
      .passwords = {.passes = static_cast<int>(reader.Integer("passwords.passes", 1, 10)),
                    .memory_kib = static_cast<int>(reader.Integer("passwords.memory_kib", 8, 1 << 20)),
                    .at_once_max = static_cast<int>(reader.Integer("passwords.hashes_at_once_max", 1, 32)),
                    .waiting_max = static_cast<int>(reader.Integer("passwords.hashes_waiting_max", 0, 32))}};
  reader.Require(config.passwords.at_once_max + config.passwords.waiting_max < config.rpc.handler_threads,
                 "passwords.hashes_waiting_max",
                 "and passwords.hashes_at_once_max must together be fewer than rpc.handler_threads");
  return config;
}

}  // namespace bordergate::identity
