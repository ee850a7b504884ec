// Where one maker's weighing indicator keeps its weight and its status: data, not code. The keys stand in
// scale_maps/simulated.toml.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/result.h"
#include "services/lane/device/register_map.h"
#include "services/lane/domain/scale.h"

namespace bordergate::lane {

struct ScaleMap {
  enum class Type { kInt16, kUint16, kInt32, kUint32, kFloat32 };
  struct Bit {
    int address = 0;
    int bit = 0;
    bool inverted = false;
  };

  bool input_registers = true;  // else holding registers
  int weight_address = 0;
  Type type = Type::kInt32;
  bool high_first = true;  // of two registers
  double kg_per_unit = 1;
  std::map<std::string, Bit, std::less<>> bits;  // "stable", "overload" …

  // The registers that one request reads.
  int first() const;
  int count() const;
  // What these registers say. A number that is none, or no weight of this world, is a fault of the scale.
  //   registers   from first() on, count() of them
  Weight Read(std::span<const uint16_t> registers) const;
};

//   errors   REGISTER_MAP_INVALID
Result<ScaleMap> ParseScaleMap(std::string_view toml);
// As LoadRegisterMap: <folder>/<name>.toml, or one of the program's.
Result<ScaleMap> LoadScaleMap(const std::string& name, const std::filesystem::path& folder,
                              const std::vector<NamedMap>& of_the_program);

}  // namespace bordergate::lane
