// The configuration of fee; every key stands in config.toml.
#pragma once

#include "libs/config/common_config.h"
#include "services/fee/domain/payment.h"

namespace bordergate::fee {

struct FeeConfig {
  RpcConfig rpc;
  AdminConfig admin;
  TelemetryConfig telemetry;
  DatabaseConfig database;
  std::string customs_address;
  BankKeys banks;

  static FeeConfig Read(ConfigReader& reader);
};

}  // namespace bordergate::fee
