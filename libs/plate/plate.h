// Road plates of Vietnam and China: one way to write them, one way to compare them.
//
//   ParsePlate("29c-123.45")  ->  {normalised "29C12345", key "29C12345", Vietnam, civil}
//   ParsePlate("29Đ-123.45")  ->  {normalised "29Đ12345", key "29D12345", …}
//   ParsePlate("桂f·1234挂")   ->  {normalised "桂F1234挂", China, trailer}
//
// Compare plates by `key`: cameras and keyboards do not tell Đ from D. Plates have no check digit; a
// well-formed plate may still be the wrong one.
//
// source   Circular of the Ministry of Public Security on plates (format of 2010, colours of 2020, series of
// 2023); GA 36-2018;
//          the lists in docs/glossary.md. Province codes are data with a date: see kVietnamProvinces in
//          plate.cc.
#pragma once

#include <string>
#include <string_view>

#include "libs/core/result.h"

namespace bordergate {

enum class PlateCountry { kVietnam, kChina };

enum class PlateKind {
  kVietnamCivil,       // 29C-123.45, 12C-1234
  kVietnamTrailer,     // 12R-001.23, 51RM-123.45
  kVietnamSpecial,     // 15LD-012.34: LD DA KT MK CD HC TĐ
  kVietnamDiplomatic,  // 80-011-NG-01: NG QT CV NN
  kVietnamZone,        // 74LB-001.23: two letters of an economic zone
  kVietnamMilitary,    // TM-12-34
  kVietnamTemporary,   // T29-123.45
  kChinaStandard,      // 桂F12345
  kChinaTrailer,       // 桂F1234挂
  kChinaNewEnergy,     // 云GD12345 small, 云G12345D large
  kChinaSpecial,       // 云G1234学 (school), 警 (police), 领 (consulate)
  kChinaCrossBorder,   // 粤ZAB12港, 粤ZAB12澳
  kChinaEmbassy,       // 使123456, 123456使
};

struct Plate {
  std::string normalised;  // upper case, no separators
  std::string key;         // the same with Đ folded to D; compare by this
  PlateCountry country = PlateCountry::kVietnam;
  PlateKind kind = PlateKind::kVietnamCivil;

  bool operator==(const Plate& other) const { return key == other.key; }
};

// "VN" or "CN".
std::string_view CountryCode(PlateCountry country);

// True for the kinds that only trailers carry.
bool IsTrailer(PlateKind kind);

// Upper case, full-width characters made half-width, separators (space . - · • _) removed. Any text is
// accepted.
std::string NormalisePlate(std::string_view text);

// The comparison key of any text: NormalisePlate with Đ folded to D.
std::string PlateKey(std::string_view text);

// No plate of either grammar fits.
// Caller: compare the plate with the vehicle; a Vietnamese plate looks like 12C-345.67, a Chinese one like
// 桂F12345.
inline constexpr Reason kPlateInvalid{"PLATE_INVALID", Code::kInvalidArgument};

//   text     as written or read, at most 40 bytes
//   errors   PLATE_INVALID
Result<Plate> ParsePlate(std::string_view text);

}  // namespace bordergate
