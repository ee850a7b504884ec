// The configuration of yard; every key stands in config.toml.
#pragma once

#include "libs/config/common_config.h"

namespace bordergate::yard {

struct YardConfig {
  RpcConfig rpc;
  AdminConfig admin;
  TelemetryConfig telemetry;
  DatabaseConfig database;
  std::string customs_address;
  std::string fee_address;
  std::string lane_address;
  milliseconds call_interval{};

  static YardConfig Read(ConfigReader& reader) {
    return {.rpc = RpcConfig::Read(reader),
            .admin = AdminConfig::Read(reader),
            .telemetry = TelemetryConfig::Read(reader),
            .database = DatabaseConfig::Read(reader),
            .customs_address = reader.Address("peers.customs"),
            .fee_address = reader.Address("peers.fee"),
            .lane_address = reader.PeerAddress("peers.lane"),
            .call_interval = reader.Duration("calls.interval_ms", milliseconds(10), seconds(60))};
  }
};

}  // namespace bordergate::yard
