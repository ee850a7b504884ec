// FieldChecks gathers every fault of a request, so that a person corrects a form once and not field by field.
//
//   FieldChecks checks;
//   checks.Text("name", request.name(), {.length_min = 1, .length_max = 200});
//   checks.Require(tare_kg <= permitted_mass_kg, "tare_kg", "TARE_ABOVE_PERMITTED", "must not exceed
//   permitted_mass_kg"); BG_TRY(checks.Done());
//
// Lengths count Unicode code points. Not safe for use by several threads at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/result.h"

namespace bordergate {

class FieldChecks {
 public:
  struct TextRule {
    int length_min = 0;  // in code points; from 1 on the field is required
    int length_max = 200;
  };

  // Length, valid UTF-8, no control characters (line breaks included).
  // Reasons: FIELD_REQUIRED, TEXT_TOO_SHORT, TEXT_TOO_LONG, TEXT_INVALID.
  void Text(std::string_view field, std::string_view value, TextRule rule);
  // Reason: NUMBER_OUT_OF_RANGE.
  void Number(std::string_view field, int64_t value, int64_t min, int64_t max);
  // 8 to 64 printable ASCII characters. Reasons: FIELD_REQUIRED, REQUEST_ID_INVALID.
  void RequestId(std::string_view value);
  // Any other rule.
  void Require(bool holds, std::string_view field, std::string_view reason, std::string_view message);
  void Add(FieldViolation violation) { violations_.push_back(std::move(violation)); }

  bool ok() const { return violations_.empty(); }
  // INVALID_FIELD with every fault, in the order in which the checks ran.
  Result<void> Done() const;

 private:
  std::vector<FieldViolation> violations_;
};

}  // namespace bordergate
