// The configuration of lane; every key stands in config.toml.
#pragma once

#include <string>
#include <vector>

#include "libs/config/common_config.h"
#include "services/lane/device/modbus_barrier.h"
#include "services/lane/domain/checkpoint_rule.h"
#include "services/lane/domain/lane_controller.h"
#include "services/lane/peers/feeds.h"

namespace bordergate::lane {

struct LaneConfig {
  RpcConfig rpc;
  AdminConfig admin;
  TelemetryConfig telemetry;
  std::string site_file;
  std::vector<std::string> gate_ids;  // empty: all
  std::string store_folder;
  int64_t evidence_bytes_max = 0;
  milliseconds evidence_age_max{};
  milliseconds done_retention{};
  milliseconds answer_retention{};
  std::string slip_key_folder;  // empty: no slip is believed
  PeerAddresses peers;
  std::string register_map_folder;
  std::string display_map_folder;
  std::string scale_map_folder;
  milliseconds scale_interval{200};
  milliseconds poll_interval{};
  ModbusSettings modbus;  // without address
  LaneTimes times;
  AgeLimits limits;
  milliseconds promote_after{};
  CheckpointRule first_rule;
  std::string standby_peer;    // empty: no standby
  std::string standby_listen;  // this program's own, while it stands by
  bool standby_leads = true;
  milliseconds standby_silent_after{};
  milliseconds standby_answer_within{};

  static LaneConfig Read(ConfigReader& reader);
};

}  // namespace bordergate::lane
