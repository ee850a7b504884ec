#include "services/lane/device/register_map.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace bordergate::lane {
namespace {

using Fields = std::vector<const std::optional<RegisterMap::Input>*>;

Fields FieldsOf(const RegisterMap& map) {
  return {&map.upper_limit, &map.lower_limit,      &map.arming_loop,    &map.safety_loop, &map.exit_loop,
          &map.emergency,   &map.controller_fault, &map.hand_operation, &map.exit_latch};
}

constexpr int kAddressMax = 65535;
// What one request may ask for, in bits: 2000 discrete inputs, or 125 registers.
constexpr int kRangeMax = 2000;

class MapReader {
 public:
  explicit MapReader(const toml::table& table) : table_(table) {}

  std::optional<RegisterMap::Input> Input(const char* name, bool required) {
    seen_.insert(std::string("inputs.") + name);
    const auto node = table_["inputs"][name];
    if (!node) {
      if (required) faults_.push_back(fmt::format("inputs.{} is required", name));
      return std::nullopt;
    }
    RegisterMap::Input input;
    const auto address = node.is_table() ? node["address"].value<int64_t>() : node.value<int64_t>();
    input.address = Address(fmt::format("inputs.{}", name), address);
    input.inverted = node.is_table() && node["inverted"].value_or(false);
    return input;
  }

  std::optional<int> Output(const char* name, bool required) {
    seen_.insert(std::string("outputs.") + name);
    const auto node = table_["outputs"][name];
    if (!node) {
      if (required) faults_.push_back(fmt::format("outputs.{} is required", name));
      return std::nullopt;
    }
    return Address(fmt::format("outputs.{}", name), node.value<int64_t>());
  }

  std::optional<int> Fence() {
    const auto node = table_["fence"]["block"];
    if (!node) return std::nullopt;
    for (const char* section : {"outputs", "pulse"}) {
      if (table_[section]) faults_.push_back(fmt::format("[{}] has no meaning with fence.block", section));
    }
    return Address("fence.block", node.value<int64_t>());
  }

  RegisterMap::Table Table() {
    const std::string text = table_["inputs_from"].value_or<std::string>("");
    if (text == "discrete_inputs") return RegisterMap::Table::kDiscreteInputs;
    if (text == "coils") return RegisterMap::Table::kCoils;
    if (text == "input_registers") return RegisterMap::Table::kInputRegisters;
    if (text == "holding_registers") return RegisterMap::Table::kHoldingRegisters;
    faults_.push_back("inputs_from must be discrete_inputs, coils, input_registers or holding_registers");
    return {};
  }

  milliseconds Pulse() {
    const int64_t length = table_["pulse"]["length_ms"].value_or<int64_t>(-1);
    if (length < 0 || length > 5000) faults_.push_back("pulse.length_ms must be from 0 to 5000");
    return milliseconds(length);
  }

  void CheckKeys() {
    for (const char* section : {"inputs", "outputs"}) {
      const toml::table* keys = table_[section].as_table();
      if (keys == nullptr) continue;
      for (const auto& [key, node] : *keys) {
        const std::string name = fmt::format("{}.{}", section, std::string_view(key.str()));
        if (!seen_.contains(name)) faults_.push_back(fmt::format("{} is not a known key", name));
      }
    }
  }

  const std::vector<std::string>& faults() const { return faults_; }
  void Fault(std::string fault) { faults_.push_back(std::move(fault)); }

 private:
  int Address(const std::string& name, std::optional<int64_t> address) {
    if (address && *address >= 0 && *address <= kAddressMax) return static_cast<int>(*address);
    faults_.push_back(fmt::format("{} must be an address from 0 to {}", name, kAddressMax));
    return 0;
  }

  const toml::table& table_;
  std::set<std::string> seen_;
  std::vector<std::string> faults_;
};

}  // namespace

int RegisterMap::first_bit() const {
  int first = kAddressMax;
  for (const auto* field : FieldsOf(*this)) {
    if (*field) first = std::min(first, (*field)->address);
  }
  const bool registers = inputs_from == Table::kInputRegisters || inputs_from == Table::kHoldingRegisters;
  return registers ? first / 16 * 16 : first;
}

int RegisterMap::bit_count() const {
  int last = 0;
  for (const auto* field : FieldsOf(*this)) {
    if (*field) last = std::max(last, (*field)->address);
  }
  const int count = last - first_bit() + 1;
  const bool registers = inputs_from == Table::kInputRegisters || inputs_from == Table::kHoldingRegisters;
  return registers ? (count + 15) / 16 * 16 : count;
}

std::string RegisterMap::Describe() const {
  std::string text = fmt::format("from {}", static_cast<int>(inputs_from));
  for (const auto* field : FieldsOf(*this)) {
    text += *field ? fmt::format(" {}{}", (*field)->inverted ? "!" : "", (*field)->address) : " -";
  }
  text += fence ? fmt::format(" fence {}", *fence) : fmt::format(" raise {} lower {}", raise, lower);
  for (const auto& output : {heartbeat, green_light, red_light}) {
    text += output ? fmt::format(" {}", *output) : " -";
  }
  return text + fmt::format(" pulse {}", pulse_length.count());
}

BarrierInputs RegisterMap::Decode(const std::vector<bool>& bits) const {
  const int first = first_bit();
  const auto read = [&](const std::optional<Input>& input) {
    return input && bits.at(static_cast<size_t>(input->address - first)) != input->inverted;
  };
  BarrierInputs inputs;
  inputs.upper_limit = read(upper_limit);
  inputs.lower_limit = read(lower_limit);
  inputs.arming_loop = read(arming_loop);
  inputs.safety_loop = read(safety_loop);
  inputs.exit_loop = read(exit_loop);
  inputs.emergency = read(emergency);
  inputs.controller_fault = read(controller_fault);
  inputs.hand_operation = read(hand_operation);
  if (exit_latch) inputs.exit_latch = read(exit_latch);
  return inputs;
}

Result<RegisterMap> ParseRegisterMap(std::string_view text) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return Error(kRegisterMapInvalid,
                 fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
  MapReader reader(table);
  RegisterMap map;
  map.inputs_from = reader.Table();
  map.upper_limit = reader.Input("upper_limit", true);
  map.lower_limit = reader.Input("lower_limit", true);
  map.arming_loop = reader.Input("arming_loop", true);
  map.safety_loop = reader.Input("safety_loop", true);
  map.exit_loop = reader.Input("exit_loop", true);
  map.emergency = reader.Input("emergency", false);
  map.controller_fault = reader.Input("controller_fault", false);
  map.hand_operation = reader.Input("hand_operation", false);
  map.exit_latch = reader.Input("exit_latch", false);
  map.fence = reader.Fence();
  const bool by_coils = !map.fence;
  map.raise = reader.Output("raise", by_coils).value_or(0);
  map.lower = reader.Output("lower", by_coils).value_or(0);
  map.heartbeat = reader.Output("heartbeat", false);
  map.green_light = reader.Output("green_light", false);
  map.red_light = reader.Output("red_light", false);
  map.pulse_length = by_coils ? reader.Pulse() : milliseconds(0);
  reader.CheckKeys();
  if (reader.faults().empty() && map.bit_count() > kRangeMax) {
    reader.Fault(
        fmt::format("the inputs span {} bits; one request reads at most {}", map.bit_count(), kRangeMax));
  }
  if (reader.faults().empty() && by_coils && map.raise == map.lower)
    reader.Fault("outputs.raise and outputs.lower are the same coil");
  if (!reader.faults().empty())
    return Error(kRegisterMapInvalid, fmt::format("{}", fmt::join(reader.faults(), "; ")));
  return map;
}

Result<RegisterMap> LoadRegisterMap(const std::string& name, const std::filesystem::path& folder,
                                    const std::vector<NamedMap>& of_the_program) {
  return ParseRegisterMap(BG_TRY(LoadMapText(name, folder, of_the_program)));
}

Result<std::string> LoadMapText(const std::string& name, const std::filesystem::path& folder,
                                const std::vector<NamedMap>& of_the_program) {
  if (!folder.empty()) {
    std::ifstream file(folder / (name + ".toml"));
    if (file) {
      std::ostringstream text;
      text << file.rdbuf();
      return text.str();
    }
  }
  std::vector<std::string_view> known;
  for (const NamedMap& map : of_the_program) {
    if (name == map.name) return std::string(map.toml);
    known.push_back(map.name);
  }
  return Error(
      kRegisterMapInvalid,
      fmt::format("there is no register map {}: neither in {} nor in the program, which has {}", name,
                  folder.empty() ? "a folder (none is set)" : folder.string(), fmt::join(known, ", ")));
}

}  // namespace bordergate::lane
