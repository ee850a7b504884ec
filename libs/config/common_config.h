// The sections of common.toml as values.
#pragma once

#include <string>

#include "libs/config/config.h"

namespace bordergate {

struct TlsConfig {
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
  std::string site;
  static TlsConfig Read(ConfigReader& reader);
};

struct RpcConfig {
  std::string listen;
  int handler_threads = 0;
  int waiting_calls_max = 0;
  int open_streams_max = 0;
  int message_bytes_max = 0;
  milliseconds call_duration_max{};
  milliseconds drain_duration{};
  TlsConfig tls;
  std::string assertion_public_key_folder;
  static RpcConfig Read(ConfigReader& reader);
};

struct AdminConfig {
  std::string listen;
  static AdminConfig Read(ConfigReader& reader);
};

struct TelemetryConfig {
  std::string log_level;
  static TelemetryConfig Read(ConfigReader& reader);
};

// Section [database], for the services that own a schema; its defaults stand in their own config.toml.
struct DatabaseConfig {
  std::string url;
  int connections_max = 0;
  milliseconds connect_timeout{};
  milliseconds start_wait{};  // of commands that run once, for a server that cannot be reached yet
  static DatabaseConfig Read(ConfigReader& reader);
};

}  // namespace bordergate
