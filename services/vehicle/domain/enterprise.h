// An importer, exporter, customs agent or transport firm.
#pragma once

#include <string>

#include "libs/core/clock.h"
#include "libs/core/field_checks.h"
#include "libs/core/id.h"

namespace bordergate::vehicle {

struct Enterprise {
  Id<Enterprise> id;
  std::string name;
  std::string tax_code;
  std::string address;
  std::string phone;
  Instant register_time;
};

// Adds every fault of the fields an enterprise fills in. Field names are those of RegisterEnterpriseRequest.
// Reasons: those of FieldChecks::Text, TAX_CODE_INVALID, PHONE_INVALID.
void CheckEnterprise(const Enterprise& enterprise, FieldChecks& checks);

// Adds PHONE_INVALID unless 8 to 15 digits with an optional leading plus sign.
void CheckPhone(std::string_view field, std::string_view phone, FieldChecks& checks);

}  // namespace bordergate::vehicle
