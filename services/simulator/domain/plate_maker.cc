#include "services/simulator/domain/plate_maker.h"

#include <array>
#include <utility>

#include "libs/core/check.h"
#include "libs/core/text.h"

namespace bordergate::simulator {
namespace {

// Lạng Sơn, Cao Bằng, Quảng Ninh, Lào Cai, Bắc Giang, Bắc Ninh.
constexpr std::array<std::string_view, 6> kNear = {"12", "11", "14", "24", "98", "99"};
constexpr std::array<std::string_view, 16> kFar = {"15", "20", "29", "30", "34", "36", "37", "43",
                                                   "47", "49", "51", "61", "63", "66", "79", "89"};
// C: older trucks; H and D: newer ones.
constexpr std::string_view kSeries = "CCCCCHHD";

constexpr std::array<std::string_view, 6> kChinaNear = {"桂F", "桂F", "桂A", "桂P", "云G", "云A"};
constexpr std::array<std::string_view, 8> kChinaFar = {"粤B", "粤A", "湘A", "浙A",
                                                       "苏E", "川A", "豫A", "鲁Q"};
constexpr std::string_view kChinaLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
// Large new-energy vehicles: five digits, then one of these.
constexpr std::string_view kNewEnergyLetters = "ABCDEFGHJK";

constexpr std::array<std::pair<char32_t, char32_t>, 9> kAlike = {{
    {U'0', U'8'},
    {U'8', U'0'},
    {U'1', U'7'},
    {U'7', U'1'},
    {U'5', U'6'},
    {U'6', U'5'},
    {U'2', U'3'},
    {U'3', U'2'},
    {U'9', U'0'},
}};

Plate Parsed(const std::string& text) {
  auto plate = ParsePlate(text);
  BG_CHECK(plate.has_value(), "a made plate is well-formed");
  return *std::move(plate);
}

std::string ChinaSeries(Chance& chance) {
  return std::string(chance.Happens(0.7) ? chance.Pick(kChinaNear) : chance.Pick(kChinaFar));
}

}  // namespace

Plate MakeTruckPlate(PlateCountry country, Chance& chance) {
  if (country == PlateCountry::kVietnam) {
    const std::string_view province = chance.Happens(0.5) ? chance.Pick(kNear) : chance.Pick(kFar);
    const char series = chance.Pick(kSeries);
    return Parsed(std::string(province) + series + chance.Digits(chance.Happens(0.08) ? 4 : 5));
  }
  const std::string head = ChinaSeries(chance);
  if (chance.Happens(0.06)) return Parsed(head + chance.Digits(5) + chance.Pick(kNewEnergyLetters));
  // One letter among the digits in a third of the plates.
  std::string tail = chance.Digits(5);
  if (chance.Happens(0.35)) tail[static_cast<size_t>(chance.Between(0, 2))] = chance.Pick(kChinaLetters);
  return Parsed(head + tail);
}

Plate MakeTrailerPlate(PlateCountry country, Chance& chance) {
  if (country == PlateCountry::kVietnam) {
    const std::string_view province = chance.Happens(0.5) ? chance.Pick(kNear) : chance.Pick(kFar);
    return Parsed(std::string(province) + (chance.Happens(0.2) ? "RM" : "R") + chance.Digits(5));
  }
  return Parsed(ChinaSeries(chance) + chance.Digits(4) + "挂");
}

std::string MakeTagId(Chance& chance) { return "E2801160" + chance.Letters("0123456789ABCDEF", 16); }

Plate MakeLookAlike(const Plate& plate, Chance& chance) {
  auto text = DecodeUtf8(plate.normalised);
  BG_CHECK(text.has_value(), "a plate is valid UTF-8");
  // From a random place on, the first digit of the number that has a look-alike.
  const size_t start = static_cast<size_t>(chance.Between(3, static_cast<int64_t>(text->size()) - 1));
  for (size_t step = 0; step < text->size(); ++step) {
    const size_t at = (start + step) % text->size();
    if (at < 3) continue;
    for (const auto& [one, other] : kAlike) {
      if ((*text)[at] != one) continue;
      std::u32string changed = *text;
      changed[at] = other;
      if (auto made = ParsePlate(EncodeUtf8(changed)); made && !(*made == plate)) return *std::move(made);
    }
  }
  return plate.country == PlateCountry::kVietnam ? Parsed("12C00000") : Parsed("桂F00000");
}

}  // namespace bordergate::simulator
