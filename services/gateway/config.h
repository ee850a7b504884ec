// The configuration of gateway; every key stands in config.toml.
#pragma once

#include <map>
#include <string>

#include "libs/config/common_config.h"
#include "libs/http/server.h"
#include "services/gateway/api/door.h"
#include "services/gateway/api/pages.h"

namespace bordergate::gateway {

struct GatewayConfig {
  AdminConfig admin;
  TelemetryConfig telemetry;
  TlsConfig tls;  // of the calls to the services
  http::ServerOptions http;
  milliseconds drain_duration{};
  int64_t hsts_max_age_s = 0;
  DoorRules door;
  StreamRules streams;
  size_t sessions_kept_max = 0;
  PagesFolders folders;
  std::map<std::string, std::string> peers;  // address by service

  static GatewayConfig Read(ConfigReader& reader);
};

}  // namespace bordergate::gateway
