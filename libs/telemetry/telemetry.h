// What every part of a service reports through.
#pragma once

#include <string>
#include <string_view>

#include "libs/telemetry/log.h"
#include "libs/telemetry/metrics.h"

namespace bordergate {

struct Telemetry {
  Telemetry(const std::string& service_name, std::string_view log_level)
      : service(service_name), log(service_name, log_level), metrics(service_name) {}

  std::string service;
  Log log;
  Metrics metrics;
};

}  // namespace bordergate
