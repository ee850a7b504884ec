#include "services/vehicle/domain/enterprise.h"

namespace bordergate::vehicle {
namespace {

bool AllDigits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Ten digits, or ten digits, a hyphen and three digits for a branch. Source: Circular 86/2024/TT-BTC on tax
// registration.
bool IsTaxCode(std::string_view text) {
  if (text.size() == 10) return AllDigits(text);
  return text.size() == 14 && text[10] == '-' && AllDigits(text.substr(0, 10)) && AllDigits(text.substr(11));
}

}  // namespace

void CheckPhone(std::string_view field, std::string_view phone, FieldChecks& checks) {
  const std::string_view digits = phone.starts_with('+') ? phone.substr(1) : phone;
  checks.Require(AllDigits(digits) && digits.size() >= 8 && digits.size() <= 15, field, "PHONE_INVALID",
                 "must be 8 to 15 digits with an optional leading plus sign, for example +84912345678");
}

void CheckEnterprise(const Enterprise& enterprise, FieldChecks& checks) {
  checks.Text("name", enterprise.name, {.length_min = 1, .length_max = 200});
  checks.Require(IsTaxCode(enterprise.tax_code), "tax_code", "TAX_CODE_INVALID",
                 "must be 10 digits, or 10 digits, a hyphen and 3 digits, for example 4900123456-001");
  checks.Text("address", enterprise.address, {.length_min = 1, .length_max = 300});
  CheckPhone("phone", enterprise.phone, checks);
}

}  // namespace bordergate::vehicle
