// The configuration of identity; every key stands in config.toml.
#pragma once

#include "libs/config/common_config.h"
#include "services/identity/domain/session.h"
#include "services/identity/secrets/argon2_password_hasher.h"

namespace bordergate::identity {

struct IdentityConfig {
  RpcConfig rpc;
  AdminConfig admin;
  TelemetryConfig telemetry;
  DatabaseConfig database;
  std::string signing_key_id;
  std::string signing_key_file;
  seconds assertion_lifetime{};
  SessionRule sessions;
  Argon2Cost passwords;

  static IdentityConfig Read(ConfigReader& reader);
};

}  // namespace bordergate::identity
