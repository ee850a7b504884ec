#include "services/lane/device/display_map.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "libs/core/text.h"

namespace bordergate::lane {
namespace {

constexpr std::pair<std::string_view, DisplayMap::Shows> kShows[] = {{"vi", DisplayMap::Shows::kVi},
                                                                     {"zh", DisplayMap::Shows::kZh},
                                                                     {"en", DisplayMap::Shows::kEn},
                                                                     {"plate", DisplayMap::Shows::kPlate}};
constexpr int kLengthMax = 100;  // one request writes at most 123 registers
constexpr int kAddressMax = 65535;

std::string TextFor(DisplayMap::Shows shows, const DisplayMessage& message) {
  switch (shows) {
    case DisplayMap::Shows::kVi:
      return std::string(TextOf(message.sign, SignLanguage::kVi));
    case DisplayMap::Shows::kZh:
      return std::string(TextOf(message.sign, SignLanguage::kZh));
    case DisplayMap::Shows::kEn:
      return std::string(TextOf(message.sign, SignLanguage::kEn));
    case DisplayMap::Shows::kPlate:
      return message.plate;
  }
  return {};
}

int RegistersOf(DisplayMap::Characters characters, int length) {
  return characters == DisplayMap::Characters::kUtf16 ? length : (length + 1) / 2;
}

DisplayMap::Line ReadLine(const toml::table& table, DisplayMap::Characters characters, size_t number,
                          std::vector<std::string>& faults) {
  const auto fault = [&](std::string_view text) {
    faults.push_back(fmt::format("lines[{}].{}", number, text));
  };
  DisplayMap::Line line;
  const std::string shows = table["shows"].value_or<std::string>("");
  const auto* known =
      std::find_if(std::begin(kShows), std::end(kShows), [&](const auto& one) { return one.first == shows; });
  if (known == std::end(kShows)) {
    fault("shows must be vi, zh, en or plate");
  } else {
    line.shows = known->second;
  }
  if (shows == "zh" && characters == DisplayMap::Characters::kAscii)
    fault("shows: zh needs characters = \"utf16\"");
  const int64_t length = table["length"].value_or<int64_t>(0);
  if (length < 1 || length > kLengthMax) fault(fmt::format("length must be from 1 to {}", kLengthMax));
  const int64_t first = table["first"].value_or<int64_t>(-1);
  if (first < 0 || first + length > kAddressMax)
    fault(fmt::format("first must be an address from 0 to {}", kAddressMax));
  for (const auto& [key, node] : table) {
    if (key.str() != "shows" && key.str() != "first" && key.str() != "length")
      fault(fmt::format("{} is not a known key", key.str()));
  }
  line.first = static_cast<int>(first);
  line.length = static_cast<int>(length);
  return line;
}

void CheckOverlaps(const DisplayMap& map, std::vector<std::string>& faults) {
  std::vector<DisplayMap::Line> lines = map.lines;
  std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = 1; i < lines.size(); ++i) {
    if (lines[i - 1].first + RegistersOf(map.characters, lines[i - 1].length) > lines[i].first)
      faults.push_back(fmt::format("the lines at {} and {} overlap", lines[i - 1].first, lines[i].first));
  }
}

}  // namespace

std::vector<uint16_t> DisplayMap::Encode(const Line& line, const DisplayMessage& message) const {
  std::string text = TextFor(line.shows, message);
  if (characters == Characters::kAscii) text = UpperAscii(FoldText(text));
  std::u32string points = DecodeUtf8(NormaliseNfc(text)).value_or(U"");
  // Signs and plates are in the basic plane: one unit each.
  std::replace_if(points.begin(), points.end(), [](char32_t one) { return one > 0xffff; }, U'?');
  points.resize(static_cast<size_t>(line.length), U' ');
  std::vector<uint16_t> registers;
  if (characters == Characters::kUtf16) {
    for (const char32_t one : points) registers.push_back(static_cast<uint16_t>(one));
    return registers;
  }
  if (points.size() % 2 != 0) points.push_back(U' ');
  const auto byte = [](char32_t one) { return static_cast<uint16_t>(one < 0x80 ? one : U'?'); };
  for (size_t i = 0; i < points.size(); i += 2) {
    registers.push_back(static_cast<uint16_t>(byte(points[i]) << 8 | byte(points[i + 1])));
  }
  return registers;
}

std::string DecodeLine(DisplayMap::Characters characters, const std::vector<uint16_t>& registers) {
  std::u32string points;
  for (const uint16_t one : registers) {
    if (characters == DisplayMap::Characters::kAscii) points.push_back(one >> 8);
    points.push_back(characters == DisplayMap::Characters::kAscii ? one & 0xff : one);
  }
  return std::string(Trim(EncodeUtf8(points)));
}

Result<DisplayMap> ParseDisplayMap(std::string_view text) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return Error(kRegisterMapInvalid,
                 fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
  std::vector<std::string> faults;
  DisplayMap map;
  const std::string characters = table["characters"].value_or<std::string>("");
  map.characters = characters == "ascii" ? DisplayMap::Characters::kAscii : DisplayMap::Characters::kUtf16;
  if (characters != "ascii" && characters != "utf16")
    faults.emplace_back("characters must be utf16 or ascii");
  if (const toml::array* lines = table["lines"].as_array()) {
    for (const auto& node : *lines) {
      if (node.is_table())
        map.lines.push_back(ReadLine(*node.as_table(), map.characters, map.lines.size(), faults));
    }
  }
  if (map.lines.empty()) faults.emplace_back("at least one [[lines]] is required");
  for (const auto& [key, node] : table) {
    if (key.str() != "characters" && key.str() != "lines")
      faults.push_back(fmt::format("{} is not a known key", key.str()));
  }
  if (faults.empty()) CheckOverlaps(map, faults);
  if (!faults.empty()) return Error(kRegisterMapInvalid, fmt::format("{}", fmt::join(faults, "; ")));
  return map;
}

Result<DisplayMap> LoadDisplayMap(const std::string& name, const std::filesystem::path& folder,
                                  const std::vector<NamedMap>& of_the_program) {
  return ParseDisplayMap(BG_TRY(LoadMapText(name, folder, of_the_program)));
}

}  // namespace bordergate::lane
