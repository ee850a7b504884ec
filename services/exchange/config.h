// The configuration of exchange; every key stands in config.toml.
#pragma once

#include "libs/config/common_config.h"
#include "services/exchange/peers/event_feeds.h"

namespace bordergate::exchange {

struct ExchangeConfig {
  RpcConfig rpc;
  AdminConfig admin;
  TelemetryConfig telemetry;
  DatabaseConfig database;
  PeersConfig peers;

  static ExchangeConfig Read(ConfigReader& reader) {
    return {.rpc = RpcConfig::Read(reader),
            .admin = AdminConfig::Read(reader),
            .telemetry = TelemetryConfig::Read(reader),
            .database = DatabaseConfig::Read(reader),
            .peers = {.vehicle = reader.Address("peers.vehicle"),
                      .customs = reader.Address("peers.customs"),
                      .fee = reader.Address("peers.fee"),
                      .yard = reader.Address("peers.yard"),
                      .lane = reader.PeerAddress("peers.lane")}};
  }
};

}  // namespace bordergate::exchange
