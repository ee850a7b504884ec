#include "services/fee/domain/tariff.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "services/fee/domain/price.h"

namespace bordergate::fee {
namespace {

constexpr size_t kLinesMax = 100;
constexpr size_t kCoefficientsMax = 50;
constexpr int64_t kLineAmountMax_dong = 100'000'000;
constexpr int64_t kMassMax_kg = 1'000'000;
constexpr int64_t kPermilleMax = 100'000;
constexpr std::string_view kRegimes[] = {"REGIME_EXPORT",           "REGIME_IMPORT",
                                         "REGIME_TEMPORARY_IMPORT", "REGIME_TEMPORARY_EXPORT",
                                         "REGIME_TRANSSHIPMENT",    "REGIME_TRANSIT"};

bool AllOf(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

bool IsCode(std::string_view text) {
  return !text.empty() && text.size() <= 40 && AllOf(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
}

bool IsChapter(std::string_view text) {
  return text.size() == 2 && AllOf(text, "0123456789") && text != "00" && text != "77" && text <= "97";
}

// What a line and a coefficient have in common.
void CheckCode(const std::string& code, const std::string& field, std::set<std::string>& seen,
               FieldChecks& checks) {
  checks.Require(IsCode(code), field, "CODE_INVALID",
                 "must be 1 to 40 characters of a to z, digits and underscore, for example truck_under_2t");
  checks.Require(seen.insert(code).second, field, "CODE_REPEATED",
                 "must not be the code of an earlier line or coefficient");
}

void CheckRegimes(const std::vector<std::string>& regimes, const std::string& path, FieldChecks& checks) {
  for (size_t i = 0; i < regimes.size(); ++i) {
    const bool known = std::find(std::begin(kRegimes), std::end(kRegimes), regimes[i]) != std::end(kRegimes);
    checks.Require(known, fmt::format("{}.regimes[{}]", path, i), "REGIME_UNKNOWN",
                   fmt::format("must be one of {}", fmt::join(kRegimes, ", ")));
  }
}

void CheckLine(const TariffLine& line, const std::string& path, FieldChecks& checks) {
  CheckRegimes(line.regimes, path, checks);
  checks.Number(path + ".gross_mass_from_kg", line.gross_mass_from_kg, 0, kMassMax_kg);
  checks.Number(path + ".gross_mass_below_kg", line.gross_mass_below_kg, 0, kMassMax_kg);
  checks.Require(line.gross_mass_below_kg == 0 || line.gross_mass_below_kg > line.gross_mass_from_kg,
                 path + ".gross_mass_below_kg", "MASS_RANGE_EMPTY",
                 "must be above gross_mass_from_kg, or 0 for no upper bound");
  checks.Number(path + ".amount_dong", line.amount_dong, 0, kLineAmountMax_dong);
  checks.Text(path + ".title_vi", line.title_vi, {.length_min = 1, .length_max = 120});
}

void CheckCoefficient(const Coefficient& coefficient, const std::string& path, FieldChecks& checks) {
  CheckRegimes(coefficient.regimes, path, checks);
  for (size_t i = 0; i < coefficient.hs_chapters.size(); ++i) {
    checks.Require(IsChapter(coefficient.hs_chapters[i]), fmt::format("{}.hs_chapters[{}]", path, i),
                   "HS_CHAPTER_INVALID", "must be two digits from 01 to 97 except 77, for example 26");
  }
  checks.Number(path + ".permille", coefficient.permille, 1, kPermilleMax);
  checks.Text(path + ".title_vi", coefficient.title_vi, {.length_min = 1, .length_max = 120});
}

// The dearest line under every coefficient that raises a price.
bool PricesStayInBounds(const Tariff& tariff) {
  int64_t worst_dong = 0;
  for (const TariffLine& line : tariff.lines) worst_dong = std::max(worst_dong, line.amount_dong);
  for (const Coefficient& coefficient : tariff.coefficients) {
    if (coefficient.permille <= 1000) continue;
    worst_dong = ApplyPermille(worst_dong, std::min(coefficient.permille, kPermilleMax));
    if (worst_dong > kPriceMax_dong) return false;
  }
  return true;
}

}  // namespace

std::span<const std::string_view> RegimeNames() { return kRegimes; }

bool IsGateId(std::string_view text) {
  return text.size() >= 2 && text.size() <= 40 && AllOf(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

void CheckTariff(const Tariff& tariff, FieldChecks& checks) {
  checks.Require(IsGateId(tariff.gate_id), "gate_id", "GATE_ID_INVALID",
                 "must be 2 to 40 characters of a to z, digits and hyphen, for example huu-nghi");
  checks.Require(tariff.effective_time.has_value(), "effective_time", "FIELD_REQUIRED", "is required");
  const size_t lines = tariff.lines.size();
  const size_t coefficients = tariff.coefficients.size();
  checks.Require(lines >= 1 && lines <= kLinesMax, "lines", "LINE_COUNT_INVALID",
                 fmt::format("must be 1 to {}; there are {}", kLinesMax, lines));
  checks.Require(coefficients <= kCoefficientsMax, "coefficients", "COEFFICIENT_COUNT_INVALID",
                 fmt::format("must be at most {}; there are {}", kCoefficientsMax, coefficients));
  std::set<std::string> codes;
  for (size_t i = 0; i < std::min(lines, kLinesMax); ++i) {
    const std::string path = fmt::format("lines[{}]", i);
    CheckCode(tariff.lines[i].line_id, path + ".line_id", codes, checks);
    CheckLine(tariff.lines[i], path, checks);
  }
  for (size_t i = 0; i < std::min(coefficients, kCoefficientsMax); ++i) {
    const std::string path = fmt::format("coefficients[{}]", i);
    CheckCode(tariff.coefficients[i].coefficient_id, path + ".coefficient_id", codes, checks);
    CheckCoefficient(tariff.coefficients[i], path, checks);
  }
  checks.Require(
      PricesStayInBounds(tariff), "coefficients", "AMOUNT_TOO_LARGE",
      fmt::format("must not raise any line above {} đồng when all that raise apply", kPriceMax_dong));
  checks.Text("source", tariff.source, {.length_min = 3, .length_max = 200});
  checks.Text("reason", tariff.reason, {.length_min = 3, .length_max = 500});
}

}  // namespace bordergate::fee
