#include <fmt/format.h>

#include "services/customs/domain/country.h"
#include "services/customs/domain/declaration.h"
#include "services/customs/domain/description.h"

namespace bordergate::customs {
namespace {

constexpr int64_t kGrossMassMax_kg = 120'000;
constexpr int64_t kPackagesMax = 1'000'000;
// A hundred thousand billion đồng: more than any truck carries, less than sums can lose.
constexpr int64_t kValueMax = 100'000'000'000'000;

bool AllOf(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kLettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

}  // namespace

bool IsHsCode(std::string_view text) {
  if ((text.size() != 6 && text.size() != 8) || !AllOf(text, kDigits)) return false;
  const int chapter = (text[0] - '0') * 10 + (text[1] - '0');
  return chapter >= 1 && chapter <= 97 && chapter != 77;
}

void CheckGoodsLine(const GoodsLine& line, size_t index, FieldChecks& checks) {
  const auto at = [&](std::string_view field) { return fmt::format("goods[{}].{}", index, field); };
  checks.Require(IsHsCode(line.hs_code), at("hs_code"), "HS_CODE_INVALID",
                 "must be 6 or 8 digits of a chapter from 01 to 97 except 77, for example 08106000");
  checks.Text(at("description"), line.description, {.length_min = 3, .length_max = 200});
  checks.Require(line.description.empty() || !IsVagueDescription(line.description), at("description"),
                 "DESCRIPTION_VAGUE",
                 "must say what the goods are; words that fit any load are not enough, for example 'fresh "
                 "durian' and not 'fruit'");
  checks.Number(at("package_count"), line.package_count, 1, kPackagesMax);
  checks.Require(line.package_kind.size() == 2 && AllOf(line.package_kind, kLettersAndDigits),
                 at("package_kind"), "PACKAGE_KIND_INVALID",
                 "must be a code of two capital letters or digits, for example CT for cartons");
  checks.Number(at("gross_mass_kg"), line.gross_mass_kg, 1, kGrossMassMax_kg);
  checks.Number(at("net_mass_kg"), line.net_mass_kg, 1, kGrossMassMax_kg);
  checks.Require(line.net_mass_kg <= line.gross_mass_kg, at("net_mass_kg"), "NET_MASS_ABOVE_GROSS",
                 "must not exceed gross_mass_kg");
  checks.Number(at("value_minor"), line.value_minor, 0, kValueMax);
  const bool is_currency =
      line.currency_code == "VND" || line.currency_code == "CNY" || line.currency_code == "USD";
  checks.Require(is_currency, at("currency_code"), "CURRENCY_UNKNOWN", "must be VND, CNY or USD");
  checks.Require(IsCountryCode(line.origin_country_code), at("origin_country_code"), "COUNTRY_UNKNOWN",
                 "must be a country code of two capital letters, for example VN");
}

}  // namespace bordergate::customs
