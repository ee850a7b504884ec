// Where one maker's display keeps its text: data, not code.
//
//   characters = "utf16"     one UTF-16 unit a register; or "ascii": two characters a register, the first in
//                            the upper byte, capitals without marks
//   [[lines]]
//   shows = "vi"             vi, zh, en or plate; zh needs utf16
//   first = 0                the line's first holding register
//   length = 16              characters of the line, 1 to 100; the rest is filled with spaces
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/result.h"
#include "services/lane/device/register_map.h"
#include "services/lane/domain/display.h"

namespace bordergate::lane {

struct DisplayMap {
  enum class Characters { kUtf16, kAscii };
  enum class Shows { kVi, kZh, kEn, kPlate };
  struct Line {
    Shows shows = Shows::kVi;
    int first = 0;
    int length = 16;
  };

  Characters characters = Characters::kUtf16;
  std::vector<Line> lines;

  // The registers of a line that shows this message. Text that is longer than the line is cut.
  std::vector<uint16_t> Encode(const Line& line, const DisplayMessage& message) const;
};

// The texts of registers as a display shows them, without the spaces at the end. For twins and tests.
std::string DecodeLine(DisplayMap::Characters characters, const std::vector<uint16_t>& registers);

//   errors   REGISTER_MAP_INVALID
Result<DisplayMap> ParseDisplayMap(std::string_view toml);
// As LoadRegisterMap: <folder>/<name>.toml, or one of the program's.
Result<DisplayMap> LoadDisplayMap(const std::string& name, const std::filesystem::path& folder,
                                  const std::vector<NamedMap>& of_the_program);

}  // namespace bordergate::lane
