// The configuration of customs; every key stands in config.toml.
#pragma once

#include "libs/config/common_config.h"

namespace bordergate::customs {

struct CustomsConfig {
  RpcConfig rpc;
  AdminConfig admin;
  TelemetryConfig telemetry;
  DatabaseConfig database;
  std::string vehicle_address;
  std::string lane_address;
  std::string slip_key_id;
  std::string slip_key_file;
  seconds slip_lifetime{};

  static CustomsConfig Read(ConfigReader& reader) {
    const auto lifetime = reader.Duration("slip.lifetime_s", std::chrono::hours(1), std::chrono::days(30));
    CustomsConfig config{.rpc = RpcConfig::Read(reader),
                         .admin = AdminConfig::Read(reader),
                         .telemetry = TelemetryConfig::Read(reader),
                         .database = DatabaseConfig::Read(reader),
                         .vehicle_address = reader.Address("peers.vehicle"),
                         .lane_address = reader.PeerAddress("peers.lane"),
                         .slip_key_id = reader.Text("slip.signing_key_id", 1, 40),
                         .slip_key_file = reader.Text("slip.signing_key_file", 1),
                         .slip_lifetime = std::chrono::duration_cast<seconds>(lifetime)};
    const bool plain =
        config.slip_key_id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
    reader.Require(plain, "slip.signing_key_id", "must be of a to z, digits and hyphen");
    return config;
  }
};

}  // namespace bordergate::customs
