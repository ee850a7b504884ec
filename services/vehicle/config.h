// The configuration of vehicle; every key stands in config.toml.
#pragma once

#include "libs/config/common_config.h"

namespace bordergate::vehicle {

struct VehicleConfig {
  RpcConfig rpc;
  AdminConfig admin;
  TelemetryConfig telemetry;
  DatabaseConfig database;

  static VehicleConfig Read(ConfigReader& reader) {
    return {.rpc = RpcConfig::Read(reader),
            .admin = AdminConfig::Read(reader),
            .telemetry = TelemetryConfig::Read(reader),
            .database = DatabaseConfig::Read(reader)};
  }
};

}  // namespace bordergate::vehicle
