// Where one maker's controller keeps its switches, loops and coils: data, not code.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "services/lane/domain/barrier.h"

namespace bordergate::lane {

// A register map is missing or breaks a rule; the message lists every fault.
// Caller: correct the file and start again.
inline constexpr Reason kRegisterMapInvalid{"REGISTER_MAP_INVALID", Code::kInvalidArgument};

struct RegisterMap {
  enum class Table { kDiscreteInputs, kCoils, kInputRegisters, kHoldingRegisters };
  struct Input {
    int address = 0;  // in registers: 16 x register + bit
    bool inverted = false;
  };

  Table inputs_from = Table::kDiscreteInputs;
  std::optional<Input> upper_limit, lower_limit, arming_loop, safety_loop, exit_loop, emergency,
      controller_fault, hand_operation, exit_latch;
  int raise = 0;
  int lower = 0;
  std::optional<int> heartbeat, green_light, red_light;
  milliseconds pulse_length{};  // zero: the controller resets raise and lower itself
  // The first register of the block of commands (command_block.h) of a controller that checks tokens; then
  // there are no coils. Nothing: it obeys whoever writes.
  std::optional<int> fence;

  // What the map says, as text: the same for two maps that mean the same.
  std::string Describe() const;
  // The range that holds every input: first address and count, in bits.
  int first_bit() const;
  int bit_count() const;
  // The inputs, from the bits of that range.
  BarrierInputs Decode(const std::vector<bool>& bits) const;
};

//   errors   REGISTER_MAP_INVALID
Result<RegisterMap> ParseRegisterMap(std::string_view toml);

// A map that is part of the program (services/lane/register_maps).
struct NamedMap {
  std::string_view name;
  std::string_view toml;
};

// The text of a map by name, and where it is looked for: see LoadRegisterMap.
//   errors   REGISTER_MAP_INVALID
Result<std::string> LoadMapText(const std::string& name, const std::filesystem::path& folder,
                                const std::vector<NamedMap>& of_the_program);

// A map by name: <folder>/<name>.toml, or, when the folder is empty or has none, one of the program's.
//   errors      REGISTER_MAP_INVALID
Result<RegisterMap> LoadRegisterMap(const std::string& name, const std::filesystem::path& folder,
                                    const std::vector<NamedMap>& of_the_program);

}  // namespace bordergate::lane
