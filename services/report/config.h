// The configuration of report; every key stands in config.toml.
#pragma once

#include "libs/config/common_config.h"
#include "libs/config/site.h"
#include "services/report/peers/event_feeds.h"

namespace bordergate::report {

struct ReportConfig {
  RpcConfig rpc;
  AdminConfig admin;
  TelemetryConfig telemetry;
  DatabaseConfig database;
  PeersConfig peers;
  Site site;

  static ReportConfig Read(ConfigReader& reader) {
    return {.rpc = RpcConfig::Read(reader),
            .admin = AdminConfig::Read(reader),
            .telemetry = TelemetryConfig::Read(reader),
            .database = DatabaseConfig::Read(reader),
            .peers = {.customs = reader.Address("peers.customs"),
                      .fee = reader.Address("peers.fee"),
                      .yard = reader.Address("peers.yard"),
                      .lane = reader.PeerAddress("peers.lane")},
            .site = ReadSite(reader)};
  }
};

}  // namespace bordergate::report
