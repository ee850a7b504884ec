#include "services/vehicle/domain/driver.h"

namespace bordergate::vehicle {
namespace {

bool IsDocumentNumber(std::string_view text) {
  return text.size() >= 5 && text.size() <= 20 &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
}

}  // namespace

void CheckDriver(const Driver& driver, std::chrono::sys_days today, FieldChecks& checks) {
  checks.Text("name", driver.name, {.length_min = 1, .length_max = 120});
  checks.Require(driver.nationality_code == "VN" || driver.nationality_code == "CN", "nationality_code",
                 "NATIONALITY_UNKNOWN", "must be VN or CN");
  checks.Require(driver.document_kind.has_value(), "document_kind", "FIELD_REQUIRED",
                 "must be DOCUMENT_KIND_PASSPORT, DOCUMENT_KIND_BORDER_PASS or DOCUMENT_KIND_IDENTITY_CARD");
  checks.Require(IsDocumentNumber(driver.document_number), "document_number", "DOCUMENT_NUMBER_INVALID",
                 "must have 5 to 20 characters of A to Z and 0 to 9");
  const auto expires = ParseDay(driver.document_expire_date);
  checks.Require(expires.has_value(), "document_expire_date", "DATE_INVALID",
                 "must be a day such as 2027-03-31");
  checks.Require(!expires || *expires >= today, "document_expire_date", "DOCUMENT_EXPIRED",
                 "must not lie in the past");
  CheckPhone("phone", driver.phone, checks);
}

}  // namespace bordergate::vehicle
