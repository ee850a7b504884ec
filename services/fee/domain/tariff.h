// A dated price list of one gate, as data: versioned, with an author, a reason and its legal source.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/field_checks.h"

namespace bordergate::fee {

enum class Direction { kExport, kImport };

// Meanings stand at Tariff in the proto.
struct TariffLine {
  std::string line_id;
  std::optional<Direction> direction;  // absent: both
  std::vector<std::string> regimes;    // "REGIME_EXPORT"; empty: all
  bool perishable_only = false;
  int64_t gross_mass_from_kg = 0;
  int64_t gross_mass_below_kg = 0;  // 0: no upper bound
  bool container_only = false;
  int64_t amount_dong = 0;
  std::string title_vi;
};

struct Coefficient {
  std::string coefficient_id;
  std::optional<Direction> direction;    // absent: both
  std::vector<std::string> regimes;      // empty: all
  std::vector<std::string> hs_chapters;  // "26"; empty: all
  int64_t permille = 0;
  std::string title_vi;
};

struct Tariff {
  std::string gate_id;
  int version = 0;
  std::optional<Instant> effective_time;  // always set in a checked tariff
  std::vector<TariffLine> lines;
  std::vector<Coefficient> coefficients;
  std::string source;
  std::string author;
  std::string reason;
  Instant create_time;
};

// No price a tariff can make is larger, in đồng; so sums never overflow.
inline constexpr int64_t kPriceMax_dong = 1'000'000'000'000;

// Names of the customs regimes, as the contract spells them.
std::span<const std::string_view> RegimeNames();

// Adds every fault of what the management centre fills in. Field names are those of PutTariffRequest.
//   reasons  GATE_ID_INVALID, FIELD_REQUIRED, LINE_COUNT_INVALID, COEFFICIENT_COUNT_INVALID, CODE_INVALID,
//            CODE_REPEATED, REGIME_UNKNOWN, HS_CHAPTER_INVALID, MASS_RANGE_EMPTY, AMOUNT_TOO_LARGE, those of
//            FieldChecks
void CheckTariff(const Tariff& tariff, FieldChecks& checks);

// 2 to 40 characters of a to z, digits and hyphen.
bool IsGateId(std::string_view text);

}  // namespace bordergate::fee
