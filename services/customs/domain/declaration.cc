#include "services/customs/domain/declaration.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "libs/container/container_number.h"
#include "libs/plate/plate.h"

namespace bordergate::customs {
namespace {

// Trucks have waited over twenty days; sixty leaves room without letting a mistyped year through.
constexpr std::chrono::days kArrivalAheadMax{60};
constexpr std::chrono::days kArrivalPastMax{1};
constexpr size_t kGoodsLinesMax = 50;
constexpr int64_t kLoadMax_kg = 120'000;
constexpr size_t kSealsMax = 10;

constexpr std::string_view kDigits = "0123456789";

bool AllOf(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

// Border markers such as 1119-1120 or 1088/2-1089.
bool IsRoute(std::string_view text) {
  return text.size() >= 3 && text.size() <= 20 && AllOf(text, "0123456789/-");
}

// A letter and two digits, for example B11. Source: Decision 1357/QĐ-TCHQ of 2021.
bool IsDeclarationKind(std::string_view text) {
  return text.size() == 3 && text[0] >= 'A' && text[0] <= 'H' && AllOf(text.substr(1), kDigits);
}

bool IsPhone(std::string_view text) {
  const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
  return digits.size() >= 8 && digits.size() <= 15 && AllOf(digits, kDigits);
}

void CheckHeader(const Trip& form, Instant now, FieldChecks& checks) {
  checks.Require(IsGateId(form.gate_id), "gate_id", "GATE_ID_INVALID",
                 "must be 2 to 40 characters of a to z, digits and hyphen, for example huu-nghi");
  checks.Require(IsRoute(form.route), "route", "ROUTE_INVALID",
                 "must name the border markers with digits, slash and hyphen, for example 1119-1120");
  checks.Require(form.direction.has_value(), "direction", "FIELD_REQUIRED",
                 "must be DIRECTION_EXPORT or DIRECTION_IMPORT");
  checks.Require(form.regime.has_value(), "regime", "FIELD_REQUIRED", "must be one of the regimes");
  const bool mismatch =
      form.direction && ((form.regime == Regime::kExport && form.direction != Direction::kExport) ||
                         (form.regime == Regime::kImport && form.direction != Direction::kImport));
  checks.Require(!mismatch, "regime", "REGIME_DIRECTION_MISMATCH",
                 "must fit the direction: exports leave, imports enter");
  checks.Require(form.expected_arrival_time.has_value(), "expected_arrival_time", "FIELD_REQUIRED",
                 "is required");
  const Instant arrival = form.expected_arrival_time.value_or(now);
  checks.Require(arrival <= now + kArrivalAheadMax, "expected_arrival_time", "ARRIVAL_TIME_TOO_FAR",
                 "must not lie more than 60 days ahead");
  checks.Require(arrival >= now - kArrivalPastMax, "expected_arrival_time", "ARRIVAL_TIME_PAST",
                 "must not lie more than a day in the past");
  const bool has_number = !form.declaration_number.empty();
  checks.Require(
      !has_number || (form.declaration_number.size() == 12 && AllOf(form.declaration_number, kDigits)),
      "declaration_number", "DECLARATION_NUMBER_INVALID",
      "must be the 12 digits of the customs declaration, or empty when it is not yet registered");
  checks.Require(
      (!has_number && form.declaration_kind.empty()) || IsDeclarationKind(form.declaration_kind),
      "declaration_kind", "DECLARATION_KIND_INVALID",
      "must be the type code of the declaration, a letter and two digits, for example B11; it goes with "
      "declaration_number");
  checks.Require(IsPhone(form.contact_phone), "contact_phone", "PHONE_INVALID",
                 "must be 8 to 15 digits with an optional leading plus sign, for example +84912345678");
}

void CheckPlates(const Trip& form, FieldChecks& checks) {
  const Result<Plate> plate = ParsePlate(form.plate);
  if (!plate) {
    checks.Require(false, "plate", kPlateInvalid.name, plate.error().message());
  } else {
    checks.Require(!IsTrailer(plate->kind), "plate", "PLATE_IS_A_TRAILER",
                   "must be the plate of the truck or tractor; a trailer's goes into trailer_plate");
  }
  if (form.trailer_plate.empty()) return;
  const Result<Plate> trailer = ParsePlate(form.trailer_plate);
  if (!trailer) {
    checks.Require(false, "trailer_plate", kPlateInvalid.name, trailer.error().message());
  } else {
    checks.Require(IsTrailer(trailer->kind), "trailer_plate", "PLATE_NOT_A_TRAILER",
                   "must be a trailer's plate (Vietnam R or RM, China 挂), or empty for a rigid truck");
  }
}

void CheckSeals(const std::vector<std::string>& seals, FieldChecks& checks) {
  checks.Require(seals.size() <= kSealsMax, "seal_numbers", "TOO_MANY_SEALS",
                 fmt::format("must be at most {}; there are {}", kSealsMax, seals.size()));
  std::set<std::string_view> seen;
  for (size_t i = 0; i < std::min(seals.size(), kSealsMax); ++i) {
    const std::string field = fmt::format("seal_numbers[{}]", i);
    const bool fits =
        !seals[i].empty() && seals[i].size() <= 20 &&
        std::all_of(seals[i].begin(), seals[i].end(), [](char c) { return c > ' ' && c < 0x7f; });
    checks.Require(fits, field, "SEAL_NUMBER_INVALID",
                   "must have 1 to 20 letters, digits or signs without spaces, as stamped on the seal");
    checks.Require(seen.insert(seals[i]).second, field, "SEAL_NUMBER_REPEATED", "must not be named twice");
  }
}

void CheckGoods(const Trip& form, FieldChecks& checks) {
  const std::vector<GoodsLine>& goods = form.goods;
  if (form.empty) {
    checks.Require(goods.empty(), "goods", "GOODS_IN_EMPTY_TRUCK",
                   "must have no line when the truck is declared empty");
    return;
  }
  checks.Require(!goods.empty() && goods.size() <= kGoodsLinesMax, "goods", "GOODS_COUNT_INVALID",
                 fmt::format("must have 1 to {} lines; there are {}", kGoodsLinesMax, goods.size()));
  int64_t load_kg = 0;
  for (size_t i = 0; i < std::min(goods.size(), kGoodsLinesMax); ++i) {
    CheckGoodsLine(goods[i], i, checks);
    load_kg += std::clamp<int64_t>(goods[i].gross_mass_kg, 0, kLoadMax_kg);
  }
  checks.Require(load_kg <= kLoadMax_kg, "goods", "LOAD_TOO_HEAVY",
                 fmt::format("must weigh at most {} kg together; they weigh {}", kLoadMax_kg, load_kg));
}

void CheckQuarantine(const Quarantine& quarantine, FieldChecks& checks) {
  checks.Text("quarantine.growing_area_code", quarantine.growing_area_code, {.length_max = 40});
  checks.Text("quarantine.packing_house_code", quarantine.packing_house_code, {.length_max = 40});
  checks.Text("quarantine.certificate_number", quarantine.certificate_number, {.length_max = 40});
  const int temperature = quarantine.driver_temperature_decicelsius;
  checks.Require(temperature == 0 || (temperature >= 300 && temperature <= 450),
                 "quarantine.driver_temperature_decicelsius", "TEMPERATURE_INVALID",
                 "must be 300 to 450 tenths of a degree Celsius, or 0 when it was not measured");
}

}  // namespace

bool IsGateId(std::string_view text) {
  return text.size() >= 2 && text.size() <= 40 && AllOf(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

void CheckDeclaration(const Trip& form, Instant now, FieldChecks& checks) {
  CheckHeader(form, now, checks);
  CheckPlates(form, checks);
  checks.Require(
      form.container_number.empty() || IsContainerNumber(form.container_number), "container_number",
      "CONTAINER_NUMBER_INVALID",
      "must be four letters, six digits and the right check digit, for example CSQU3054383, or empty");
  CheckSeals(form.seal_numbers, checks);
  checks.Text("driver_id", form.driver_id.value(), {.length_min = 1, .length_max = 64});
  CheckGoods(form, checks);
  CheckQuarantine(form.quarantine, checks);
}

}  // namespace bordergate::customs
