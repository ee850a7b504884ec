#include "libs/plate/plate.h"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "libs/core/text.h"

namespace bordergate {
namespace {

constexpr std::u32string_view kChinaProvinces =
    U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
constexpr std::u32string_view kVietnamSeries = U"ABCDĐEFGHKLMNPSTUVXYZ";  // no I J O Q R W; R is for trailers
constexpr std::u32string_view kMilitaryFirst = U"ABCHKPQTV";
constexpr std::array<std::u32string_view, 7> kSpecialSeries = {U"LD", U"DA", U"KT", U"MK",
                                                               U"CD", U"HC", U"TĐ"};
constexpr std::array<std::u32string_view, 4> kDiplomaticSeries = {U"NG", U"QT", U"CV", U"NN"};
constexpr size_t kTextBytesMax = 40;

// Codes in use or still valid on old plates, as of 2026-11. Merged provinces keep theirs.
bool IsVietnamProvince(int code) {
  if (code < 11 || code > 99) return false;
  switch (code) {
    case 42:
    case 44:
    case 45:
    case 46:
    case 87:
    case 91:
    case 96:
      return false;
    default:
      return true;
  }
}

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool IsLatin(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool IsChinaLetter(char32_t c) { return IsLatin(c) && c != U'I' && c != U'O'; }
bool IsChinaPlace(char32_t c) { return IsDigit(c) || IsChinaLetter(c); }
bool IsEnergyLetter(char32_t c) { return (c >= U'A' && c <= U'H') || c == U'J' || c == U'K'; }
bool Holds(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

template <class Set>
bool HoldsSeries(const Set& set, std::u32string_view series) {
  return std::find(set.begin(), set.end(), series) != set.end();
}

bool AllDigits(std::u32string_view text, size_t count_min, size_t count_max) {
  return text.size() >= count_min && text.size() <= count_max &&
         std::all_of(text.begin(), text.end(), IsDigit);
}

template <class Test>
bool All(std::u32string_view text, size_t count, Test test) {
  return text.size() == count && std::all_of(text.begin(), text.end(), test);
}

bool StartsWithProvince(std::u32string_view text) {
  return text.size() >= 2 && IsDigit(text[0]) && IsDigit(text[1]) &&
         IsVietnamProvince(static_cast<int>((text[0] - U'0') * 10 + (text[1] - U'0')));
}

// After the province: one or two letters and the number.
std::optional<PlateKind> VietnamSeries(std::u32string_view rest) {
  if (rest.size() < 2) return std::nullopt;
  if (AllDigits(rest.substr(1), 4, 5)) {
    if (rest[0] == U'R') return PlateKind::kVietnamTrailer;
    if (Holds(kVietnamSeries, rest[0])) return PlateKind::kVietnamCivil;
    return std::nullopt;
  }
  const std::u32string_view series = rest.substr(0, 2);
  if (AllDigits(rest.substr(2), 4, 5)) {
    if (series == U"RM") return PlateKind::kVietnamTrailer;
    if (HoldsSeries(kSpecialSeries, series)) return PlateKind::kVietnamSpecial;
    const bool letters =
        std::all_of(series.begin(), series.end(), [](char32_t c) { return IsLatin(c) || c == U'Đ'; });
    if (letters && !HoldsSeries(kDiplomaticSeries, series)) return PlateKind::kVietnamZone;
    return std::nullopt;
  }
  const bool country = AllDigits(rest.substr(0, 3), 3, 3);
  if (country && rest.size() >= 7 && HoldsSeries(kDiplomaticSeries, rest.substr(3, 2)) &&
      AllDigits(rest.substr(5), 2, 3)) {
    return PlateKind::kVietnamDiplomatic;
  }
  return std::nullopt;
}

std::optional<PlateKind> VietnamKind(std::u32string_view text) {
  if (StartsWithProvince(text)) return VietnamSeries(text.substr(2));
  if (text.size() == 6 && Holds(kMilitaryFirst, text[0]) && IsLatin(text[1]) &&
      AllDigits(text.substr(2), 4, 4)) {
    return PlateKind::kVietnamMilitary;
  }
  if (text.size() >= 7 && text[0] == U'T' && StartsWithProvince(text.substr(1)) &&
      AllDigits(text.substr(3), 4, 6)) {
    return PlateKind::kVietnamTemporary;
  }
  return std::nullopt;
}

// After province character and letter.
std::optional<PlateKind> ChinaSeries(std::u32string_view province_and_letter, std::u32string_view rest) {
  if (All(rest, 5, IsChinaPlace)) return PlateKind::kChinaStandard;
  if (rest.size() == 6) {
    const bool small = IsEnergyLetter(rest[0]) && IsChinaPlace(rest[1]) && AllDigits(rest.substr(2), 4, 4);
    const bool large = AllDigits(rest.substr(0, 5), 5, 5) && IsEnergyLetter(rest[5]);
    if (small || large) return PlateKind::kChinaNewEnergy;
    return std::nullopt;
  }
  if (rest.size() != 5 || !All(rest.substr(0, 4), 4, IsChinaPlace)) return std::nullopt;
  if (rest[4] == U'挂') return PlateKind::kChinaTrailer;
  if (Holds(U"学警领", rest[4])) return PlateKind::kChinaSpecial;
  if (province_and_letter == U"粤Z" && Holds(U"港澳", rest[4])) return PlateKind::kChinaCrossBorder;
  return std::nullopt;
}

std::optional<PlateKind> ChinaKind(std::u32string_view text) {
  if (text.size() == 7 && ((text.front() == U'使' && AllDigits(text.substr(1), 6, 6)) ||
                           (text.back() == U'使' && AllDigits(text.substr(0, 6), 6, 6)))) {
    return PlateKind::kChinaEmbassy;
  }
  if (text.size() < 7 || !Holds(kChinaProvinces, text[0]) || !IsChinaLetter(text[1])) return std::nullopt;
  return ChinaSeries(text.substr(0, 2), text.substr(2));
}

std::u32string Normalise(std::string_view text) {
  std::u32string out;
  const auto code_points = DecodeUtf8(NormaliseNfc(text));
  if (!code_points) return out;
  for (char32_t c : *code_points) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width forms
    if (c >= U'a' && c <= U'z') c -= U'a' - U'A';
    if (c == U'đ' || c == U'Ð') c = U'Đ';  // the Icelandic letter looks the same
    if (Holds(U" .-·•_\u3000\u00a0", c)) continue;
    out += c;
  }
  return out;
}

}  // namespace

std::string_view CountryCode(PlateCountry country) { return country == PlateCountry::kVietnam ? "VN" : "CN"; }

bool IsTrailer(PlateKind kind) {
  return kind == PlateKind::kVietnamTrailer || kind == PlateKind::kChinaTrailer;
}

std::string NormalisePlate(std::string_view text) { return EncodeUtf8(Normalise(text)); }

std::string PlateKey(std::string_view text) {
  std::u32string key = Normalise(text);
  std::replace(key.begin(), key.end(), U'Đ', U'D');
  return EncodeUtf8(key);
}

Result<Plate> ParsePlate(std::string_view text) {
  if (text.size() <= kTextBytesMax) {
    const std::u32string code_points = Normalise(text);
    const std::string normalised = EncodeUtf8(code_points);
    if (const auto kind = VietnamKind(code_points)) {
      return Plate{normalised, PlateKey(text), PlateCountry::kVietnam, *kind};
    }
    if (const auto kind = ChinaKind(code_points)) {
      return Plate{normalised, PlateKey(text), PlateCountry::kChina, *kind};
    }
  }
  return Error(kPlateInvalid,
               "must be a Vietnamese plate such as 12C-345.67 or a Chinese one such as 桂F12345");
}

}  // namespace bordergate
