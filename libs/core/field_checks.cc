#include "libs/core/field_checks.h"

#include <fmt/format.h>

#include "libs/core/reasons.h"
#include "libs/core/text.h"

namespace bordergate {

void FieldChecks::Text(std::string_view field, std::string_view value, TextRule rule) {
  if (value.empty()) {
    Require(rule.length_min == 0, field, "FIELD_REQUIRED", "is required");
    return;
  }
  const std::optional<int> length = CountCodePoints(value);
  if (!length) return Require(false, field, "TEXT_INVALID", "must be valid UTF-8");
  if (HasControlCharacters(value)) {
    return Require(false, field, "TEXT_INVALID", "must not hold control characters or line breaks");
  }
  Require(*length >= rule.length_min, field, "TEXT_TOO_SHORT",
          fmt::format("must have at least {} characters; it has {}", rule.length_min, *length));
  Require(*length <= rule.length_max, field, "TEXT_TOO_LONG",
          fmt::format("must have at most {} characters; it has {}", rule.length_max, *length));
}

void FieldChecks::Number(std::string_view field, int64_t value, int64_t min, int64_t max) {
  Require(value >= min && value <= max, field, "NUMBER_OUT_OF_RANGE",
          fmt::format("must be from {} to {}; it is {}", min, max, value));
}

void FieldChecks::RequestId(std::string_view value) {
  if (value.empty()) {
    return Require(false, "request_id", "FIELD_REQUIRED",
                   "is required; over REST send the header Idempotency-Key, for example a UUID");
  }
  const bool printable = std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < 0x7f; });
  Require(printable && value.size() >= 8 && value.size() <= 64, "request_id", "REQUEST_ID_INVALID",
          "must be 8 to 64 printable ASCII characters without spaces, for example a UUID");
}

void FieldChecks::Require(bool holds, std::string_view field, std::string_view reason,
                          std::string_view message) {
  if (!holds) violations_.push_back({std::string(field), std::string(reason), std::string(message)});
}

Result<void> FieldChecks::Done() const {
  if (violations_.empty()) return {};
  const FieldViolation& first = violations_.front();
  std::string message = fmt::format("{} {}", first.field, first.message);
  if (violations_.size() > 1) message += fmt::format(" (and {} more)", violations_.size() - 1);
  return Error(kInvalidField, message).WithFields(violations_);
}

}  // namespace bordergate
