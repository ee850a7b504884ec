#include "libs/config/config.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <toml++/toml.h>

#include "embedded/config.h"
#include "libs/core/check.h"
#include "libs/core/text.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX asks programs to declare it

namespace bordergate {
namespace {

constexpr std::string_view kEnvironmentPrefix = "BORDERGATE_";

bool IsSecret(std::string_view key) {
  return key == "database.url" || key.ends_with("password") || key.ends_with("secret") ||
         key.ends_with("_token");
}

// "BORDERGATE_RPC__CALL_DURATION_MAX_MS" -> "rpc.call_duration_max_ms"; empty when the name is not of that
// form.
std::string KeyOfVariable(std::string_view name) {
  if (!name.starts_with(kEnvironmentPrefix) || name.find("__") == std::string_view::npos) return {};
  std::string key = LowerAscii(name.substr(kEnvironmentPrefix.size()));
  for (size_t at = key.find("__"); at != std::string::npos; at = key.find("__", at + 1))
    key.replace(at, 2, ".");
  return key;
}

bool IsNumber(const toml::node& node) { return node.is_integer() || node.is_floating_point(); }

bool SameType(const toml::node& a, const toml::node& b) {
  return a.type() == b.type() || (IsNumber(a) && IsNumber(b));
}

bool HasHostAndPort(std::string_view value) {
  const size_t colon = value.rfind(':');
  const std::string_view port = colon == std::string_view::npos ? "" : value.substr(colon + 1);
  const bool number =
      !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
  return colon != 0 && number && std::stoi(std::string(port)) <= 65535;
}

bool HasNumericHostAndPort(std::string_view value) {
  in_addr address{};
  return HasHostAndPort(value) &&
         inet_pton(AF_INET, std::string(value.substr(0, value.rfind(':'))).c_str(), &address) == 1;
}

}  // namespace

struct ConfigReader::State {
  toml::table values;
  std::map<std::string, std::string> origins;
  std::vector<std::string> faults;

  void Fault(std::string_view key, std::string_view message) {
    faults.push_back(fmt::format("{}: {}", key, message));
  }

  void AddDefaults(std::string_view text, std::string_view origin) {
    toml::table table = toml::parse(text);  // a program's own defaults: a fault in them is a bug and ends it
    for (auto&& [section, node] : table) {
      if (!node.is_table()) {
        values.insert(section, node);
        origins[std::string(section.str())] = origin;
        continue;
      }
      if (!values.contains(section)) values.insert(section, toml::table{});
      for (auto&& [key, value] : *node.as_table()) {
        values[section].as_table()->insert(key, value);
        origins[fmt::format("{}.{}", section.str(), key.str())] = origin;
      }
    }
  }

  void LayOver(const toml::table& table, const std::string& prefix, const std::string& origin) {
    for (auto&& [name, node] : table) {
      const std::string key =
          prefix.empty() ? std::string(name.str()) : fmt::format("{}.{}", prefix, name.str());
      toml::node* current = values.at_path(key).node();
      if (current == nullptr) {
        Fault(key, fmt::format("unknown key (in {})", origin));
      } else if (node.is_table() && current->is_table()) {
        LayOver(*node.as_table(), key, origin);
      } else if (!SameType(*current, node)) {
        Fault(key, fmt::format("must be of the same type as its default (in {})", origin));
      } else {
        Replace(key, node, origin);
      }
    }
  }

  void Replace(const std::string& key, const toml::node& node, const std::string& origin) {
    const size_t dot = key.rfind('.');
    toml::table* table = dot == std::string::npos ? &values : values.at_path(key.substr(0, dot)).as_table();
    table->insert_or_assign(dot == std::string::npos ? key : key.substr(dot + 1), node);
    origins[key] = origin;
  }

  void LayFile(const std::string& file) {
    try {
      LayOver(toml::parse_file(file), "", file);
    } catch (const toml::parse_error& error) {
      std::ostringstream where;
      where << error.source().begin;
      Fault(file, fmt::format("{} ({})", error.description(), where.str()));
    }
  }

  void LayVariable(std::string_view name, std::string_view value) {
    const std::string key = KeyOfVariable(name);
    if (key.empty()) return;
    const std::string origin = fmt::format("environment {}", name);
    const toml::node* current = values.at_path(key).node();
    if (current == nullptr || current->is_table()) return Fault(key, fmt::format("unknown key ({})", origin));
    if (current->is_string()) return Replace(key, toml::value<std::string>(std::string(value)), origin);
    if (current->is_array()) {
      toml::array list;
      for (const std::string_view item : Split(value, ',')) {
        if (!Trim(item).empty()) list.push_back(std::string(Trim(item)));
      }
      return Replace(key, list, origin);
    }
    try {
      LayOver(toml::parse(fmt::format("{} = {}", key, value)), "", origin);
    } catch (const toml::parse_error&) {
      Fault(key, fmt::format("'{}' is not of the type of its default ({})", value, origin));
    }
  }

  template <class T>
  T Value(std::string_view key) {
    const auto value = values.at_path(key).value<T>();
    BG_CHECK(value.has_value(), fmt::format("config key {} has no default of its type", key));
    return *value;
  }
};

ConfigReader::ConfigReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
ConfigReader::ConfigReader(ConfigReader&&) noexcept = default;
ConfigReader::~ConfigReader() = default;

ConfigReader ConfigReader::Make(std::string_view service_toml, const std::string& config_file,
                                const std::vector<std::string>& environment) {
  auto state = std::make_unique<State>();
  state->AddDefaults(embedded::config::common_toml(), "default");
  state->AddDefaults(service_toml, "default");
  if (!config_file.empty()) state->LayFile(config_file);
  for (const std::string& entry : environment) {
    const size_t equals = entry.find('=');
    if (equals != std::string::npos) state->LayVariable(entry.substr(0, equals), entry.substr(equals + 1));
  }
  return ConfigReader(std::move(state));
}

std::string ConfigReader::Text(std::string_view key, size_t length_min, size_t length_max) {
  auto value = state_->Value<std::string>(key);
  Require(value.size() >= length_min, key,
          length_min == 1 ? "is required" : fmt::format("needs {} characters", length_min));
  Require(value.size() <= length_max, key, fmt::format("must have at most {} characters", length_max));
  return value;
}

int64_t ConfigReader::Integer(std::string_view key, int64_t min, int64_t max) {
  const auto value = state_->Value<int64_t>(key);
  Require(value >= min && value <= max, key, fmt::format("must be from {} to {}; it is {}", min, max, value));
  return value;
}

double ConfigReader::Number(std::string_view key, double min, double max) {
  const auto value = state_->Value<double>(key);
  Require(value >= min && value <= max, key, fmt::format("must be from {} to {}; it is {}", min, max, value));
  return value;
}

bool ConfigReader::Flag(std::string_view key) { return state_->Value<bool>(key); }

milliseconds ConfigReader::Duration(std::string_view key, milliseconds min, milliseconds max) {
  BG_CHECK(key.ends_with("_ms") || key.ends_with("_s"), fmt::format("{} does not name its unit", key));
  const int64_t unit_ms = key.ends_with("_ms") ? 1 : 1000;
  return milliseconds(unit_ms * Integer(key, min.count() / unit_ms, max.count() / unit_ms));
}

std::string ConfigReader::OptionalAddress(std::string_view key) {
  auto value = state_->Value<std::string>(key);
  Require(value.empty() || HasHostAndPort(value), key,
          fmt::format("must be host:port, for example 127.0.0.1:7001; it is '{}'", value));
  return value;
}

std::string ConfigReader::OptionalPeerAddress(std::string_view key) {
  auto value = state_->Value<std::string>(key);
  if (value.find(',') == std::string::npos) return OptionalAddress(key);
  const std::vector<std::string_view> programs = Split(value, ',');
  Require(programs.size() <= 4 && std::ranges::all_of(programs, HasNumericHostAndPort), key,
          fmt::format("must be host:port, or at most four IPv4 addresses with port, for example "
                      "10.0.0.1:7001,10.0.0.2:7001; it is '{}'",
                      value));
  return value;
}

std::string ConfigReader::PeerAddress(std::string_view key) {
  std::string value = OptionalPeerAddress(key);
  Require(!value.empty(), key, "is required, as host:port");
  return value;
}

std::string ConfigReader::Address(std::string_view key) {
  std::string value = OptionalAddress(key);
  Require(!value.empty(), key, "is required, as host:port");
  return value;
}

std::string ConfigReader::Choice(std::string_view key, const std::vector<std::string>& choices) {
  auto value = state_->Value<std::string>(key);
  const bool known = std::find(choices.begin(), choices.end(), value) != choices.end();
  Require(known, key, fmt::format("must be one of {}; it is '{}'", fmt::join(choices, ", "), value));
  return value;
}

std::vector<std::string> ConfigReader::TextList(std::string_view key) {
  const toml::array* list = state_->values.at_path(key).as_array();
  BG_CHECK(list != nullptr, fmt::format("config key {} has no list as its default", key));
  std::vector<std::string> values;
  for (const auto& node : *list) {
    const auto value = node.value<std::string>();
    Require(value.has_value(), key, "must be a list of texts");
    if (value) values.push_back(*value);
  }
  return values;
}

void ConfigReader::Require(bool holds, std::string_view key, std::string_view message) {
  if (!holds) state_->Fault(key, message);
}

const std::vector<std::string>& ConfigReader::faults() const { return state_->faults; }

std::string ConfigReader::Print() const {
  std::string out;
  for (const auto& [key, origin] : state_->origins) {
    std::ostringstream value;
    const auto node = state_->values.at_path(key);
    if (IsSecret(key)) {
      value << "(hidden)";
    } else {
      node.visit([&](const auto& concrete) { value << concrete; });
    }
    out += fmt::format("{} = {}    # {}\n", key, value.str(), origin);
  }
  return out;
}

ConfigReader MakeConfigReader(const Command& command, std::string_view service_toml) {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
  return ConfigReader::Make(service_toml, command.config_file, environment);
}

void FinishConfigOrExit(const Command& command, const ConfigReader& reader) {
  if (command.name == "print-config") std::cout << reader.Print();
  for (const std::string& fault : reader.faults()) std::cerr << "config: " << fault << "\n";
  if (!reader.faults().empty()) std::exit(2);
  if (command.name == "print-config" || command.name == "check-config") std::exit(0);
}

}  // namespace bordergate
