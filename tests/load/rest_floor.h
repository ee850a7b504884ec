// The least a public door over gRPC can do: a bare Beast server that passes one call on, without routes,
// sessions, limits, JSON or log. What the gateway is compared with.
#pragma once

#include <string>

#include "libs/config/common_config.h"

namespace bordergate::load {

// Answers every request with the bytes that `method` answers to an empty request. Prints "floor_port=N" and
// runs until SIGTERM.
int RunFloor(const std::string& address, const TlsConfig& tls, const std::string& method,
             const std::string& assertion, int threads);

}  // namespace bordergate::load
