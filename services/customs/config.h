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

  static CustomsConfig Read(ConfigReader& reader) {
    return {.rpc = RpcConfig::Read(reader),
            .admin = AdminConfig::Read(reader),
            .telemetry = TelemetryConfig::Read(reader),
            .database = DatabaseConfig::Read(reader),
            .vehicle_address = reader.Address("peers.vehicle"),
            .lane_address = reader.Address("peers.lane")};
  }
};

}  // namespace bordergate::customs
