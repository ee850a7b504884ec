#include "services/lane/device/scale_map.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace bordergate::lane {
namespace {

constexpr std::pair<std::string_view, ScaleMap::Type> kTypes[] = {{"int16", ScaleMap::Type::kInt16},
                                                                  {"uint16", ScaleMap::Type::kUint16},
                                                                  {"int32", ScaleMap::Type::kInt32},
                                                                  {"uint32", ScaleMap::Type::kUint32},
                                                                  {"float32", ScaleMap::Type::kFloat32}};
constexpr std::string_view kBits[] = {"stable", "negative", "overload", "under_range",
                                      "tared",  "fault",    "fault_2",  "fault_3"};
constexpr int kScaleAddressMax = 65535;
constexpr int kSpanMax = 100;
// Nothing on wheels weighs more.
constexpr double kWeightMax_kg = 1'000'000;

int WordsOf(ScaleMap::Type type) {
  return type == ScaleMap::Type::kInt16 || type == ScaleMap::Type::kUint16 ? 1 : 2;
}

class Faults {
 public:
  void Add(std::string text) { texts_.push_back(std::move(text)); }
  void OnlyKeys(const toml::table& table, std::string_view name,
                std::initializer_list<std::string_view> keys) {
    for (const auto& [key, node] : table) {
      if (std::ranges::find(keys, key.str()) == keys.end())
        Add(fmt::format("{}{} is not a known key", name, key.str()));
    }
  }
  int Address(const toml::table& table, std::string_view name) {
    const int64_t address = table["address"].value_or<int64_t>(-1);
    if (address < 0 || address > kScaleAddressMax)
      Add(fmt::format("{}address must be from 0 to {}", name, kScaleAddressMax));
    return static_cast<int>(address);
  }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_;
};

void ReadWeight(const toml::table& table, ScaleMap& map, Faults& faults) {
  faults.OnlyKeys(table, "weight.", {"address", "type", "words", "kg_per_unit"});
  map.weight_address = faults.Address(table, "weight.");
  const std::string type = table["type"].value_or<std::string>("");
  const auto* known = std::ranges::find(kTypes, type, [](const auto& one) { return one.first; });
  if (known == std::end(kTypes)) {
    faults.Add("weight.type must be int16, uint16, int32, uint32 or float32");
  } else {
    map.type = known->second;
  }
  const std::string words = table["words"].value_or<std::string>("");
  map.high_first = words != "low_first";
  if (words != "high_first" && words != "low_first" && WordsOf(map.type) == 2)
    faults.Add("weight.words must be high_first or low_first");
  map.kg_per_unit = table["kg_per_unit"].value_or(0.0);
  if (!(map.kg_per_unit > 0 && map.kg_per_unit <= 1000))
    faults.Add("weight.kg_per_unit must be above 0 and at most 1000");
}

void ReadBits(const toml::table& table, ScaleMap& map, Faults& faults) {
  for (const auto& [key, node] : table) {
    const std::string name = fmt::format("bits.{}.", key.str());
    if (std::ranges::find(kBits, key.str()) == std::end(kBits) || !node.is_table()) {
      faults.Add(fmt::format("bits.{} is not a known bit", key.str()));
      continue;
    }
    const toml::table& one = *node.as_table();
    faults.OnlyKeys(one, name, {"address", "bit", "inverted"});
    ScaleMap::Bit bit{faults.Address(one, name), static_cast<int>(one["bit"].value_or<int64_t>(-1)),
                      one["inverted"].value_or(false)};
    if (bit.bit < 0 || bit.bit > 15) faults.Add(name + "bit must be from 0 to 15");
    map.bits.emplace(key.str(), bit);
  }
  if (!map.bits.contains("stable")) faults.Add("bits.stable is required");
}

}  // namespace

int ScaleMap::first() const {
  int first = weight_address;
  for (const auto& [name, bit] : bits) first = std::min(first, bit.address);
  return first;
}

int ScaleMap::count() const {
  int last = weight_address + WordsOf(type) - 1;
  for (const auto& [name, bit] : bits) last = std::max(last, bit.address);
  return last - first() + 1;
}

Weight ScaleMap::Read(std::span<const uint16_t> registers) const {
  const auto at = [&](int address) { return registers[static_cast<size_t>(address - first())]; };
  const auto is = [&](std::string_view name) {
    const auto found = bits.find(name);
    if (found == bits.end()) return false;
    return (at(found->second.address) >> found->second.bit & 1) != (found->second.inverted ? 1 : 0);
  };
  if (is("fault") || is("fault_2") || is("fault_3")) return {ScaleState::kFault, 0};
  if (is("overload")) return {ScaleState::kOverload, 0};
  if (is("under_range")) return {ScaleState::kUnderRange, 0};
  if (is("tared")) return {ScaleState::kTared, 0};
  uint32_t raw = at(weight_address);
  if (WordsOf(type) == 2) {
    const uint32_t next = at(weight_address + 1);
    raw = high_first ? raw << 16 | next : next << 16 | raw;
  }
  double units = raw;
  if (type == Type::kInt16) units = static_cast<int16_t>(raw);
  if (type == Type::kInt32) units = static_cast<int32_t>(raw);
  if (type == Type::kFloat32) units = std::bit_cast<float>(raw);
  const double kg = units * kg_per_unit * (is("negative") ? -1 : 1);
  if (!std::isfinite(kg) || std::abs(kg) > kWeightMax_kg) return {ScaleState::kFault, 0};
  return {is("stable") ? ScaleState::kStable : ScaleState::kMoving, static_cast<int>(std::lround(kg))};
}

Result<ScaleMap> ParseScaleMap(std::string_view text) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return Error(kRegisterMapInvalid,
                 fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
  Faults faults;
  ScaleMap map;
  faults.OnlyKeys(table, "", {"registers", "weight", "bits"});
  const std::string registers = table["registers"].value_or<std::string>("");
  map.input_registers = registers == "input";
  if (registers != "input" && registers != "holding") faults.Add("registers must be input or holding");
  const toml::table empty;
  const toml::table* weight = table["weight"].as_table();
  const toml::table* bits = table["bits"].as_table();
  ReadWeight(weight == nullptr ? empty : *weight, map, faults);
  ReadBits(bits == nullptr ? empty : *bits, map, faults);
  if (faults.texts().empty() && map.count() > kSpanMax)
    faults.Add(fmt::format("its registers must lie within {} of each other", kSpanMax));
  if (!faults.texts().empty())
    return Error(kRegisterMapInvalid, fmt::format("{}", fmt::join(faults.texts(), "; ")));
  return map;
}

Result<ScaleMap> LoadScaleMap(const std::string& name, const std::filesystem::path& folder,
                              const std::vector<NamedMap>& of_the_program) {
  return ParseScaleMap(BG_TRY(LoadMapText(name, folder, of_the_program)));
}

}  // namespace bordergate::lane
