// Configuration: read once at start, every fault listed at once, then plain values.
//
// A service's defaults are the config.toml beside its main.cc (part of the program) and
// libs/config/common.toml. A file given by --config is laid over them, then the environment
// (BORDERGATE_<SECTION>__<KEY>). A key that no default names, a value of another type or out of its bounds
// stops the start.
//
//   struct YardConfig {
//     RpcConfig rpc;
//     milliseconds call_interval{};
//     static YardConfig Read(ConfigReader& reader) {
//       YardConfig config;
//       config.rpc = RpcConfig::Read(reader);
//       config.call_interval = reader.Duration("calls.interval_ms", milliseconds(10), seconds(60));
//       return config;
//     }
//   };
//   const auto config = LoadConfigOrExit<YardConfig>(command, embedded::yard::config_toml());
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/result.h"

namespace bordergate {

// What the program was asked to do.
struct Command {
  std::string name;         // "serve", "migrate", "check-config", "print-config", or a command of the service
  std::string config_file;  // empty when none was given
  std::vector<std::string> arguments;  // what followed a command that reads its words

  bool is_migrate() const { return name == "migrate"; }
};

// A command of a service besides the common four.
struct ExtraCommand {
  std::string name;              // "read"
  std::string sentence;          // "Reads plates"
  bool reads_its_words = false;  // what follows --config, --help too, is for the command itself to read
};

// Reads the command line. Prints usage and exits with 2 when it makes no sense, with 0 for --help.
Command ParseCommandOrExit(int argc, char** argv, std::string_view service,
                           const std::vector<ExtraCommand>& extra = {});

// Reads values by key and gathers faults. A key names its unit: interval_ms, retention_s, size_bytes.
class ConfigReader {
 public:
  ~ConfigReader();
  ConfigReader(ConfigReader&&) noexcept;

  //   service_toml   the service's own config.toml
  //   config_file    file laid over the defaults; empty for none
  //   environment    "NAME=value" entries
  static ConfigReader Make(std::string_view service_toml, const std::string& config_file,
                           const std::vector<std::string>& environment);

  std::string Text(std::string_view key, size_t length_min = 0, size_t length_max = 4096);
  int64_t Integer(std::string_view key, int64_t min, int64_t max);
  double Number(std::string_view key, double min, double max);
  bool Flag(std::string_view key);
  // The key ends in _ms or _s.
  milliseconds Duration(std::string_view key, milliseconds min, milliseconds max);
  // "host:port".
  std::string Address(std::string_view key);
  // Empty, or "host:port".
  std::string OptionalAddress(std::string_view key);
  // Of a service that is called: "host:port"; or two to four "IPv4 address:port" with commas between, of
  // programs of which one at a time listens, as a lane program and its standby.
  std::string PeerAddress(std::string_view key);
  std::string OptionalPeerAddress(std::string_view key);
  // One of the values given.
  std::string Choice(std::string_view key, const std::vector<std::string>& choices);
  std::vector<std::string> TextList(std::string_view key);

  // Any other rule.
  void Require(bool holds, std::string_view key, std::string_view message);

  // Every fault so far, "key: message".
  const std::vector<std::string>& faults() const;
  // Effective values with where each came from, secrets hidden.
  std::string Print() const;

 private:
  struct State;
  explicit ConfigReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Prints faults or values and exits, as the command asks; returns otherwise.
void FinishConfigOrExit(const Command& command, const ConfigReader& reader);
ConfigReader MakeConfigReader(const Command& command, std::string_view service_toml);

template <class Config>
Config LoadConfigOrExit(const Command& command, std::string_view service_toml) {
  ConfigReader reader = MakeConfigReader(command, service_toml);
  Config config = Config::Read(reader);
  FinishConfigOrExit(command, reader);
  return config;
}

}  // namespace bordergate
