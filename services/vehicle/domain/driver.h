// A driver. Holds only what the gate needs: no photograph, no biometric data.
#pragma once

#include <optional>
#include <string>

#include "services/vehicle/domain/enterprise.h"

namespace bordergate::vehicle {

enum class DocumentKind { kPassport, kBorderPass, kIdentityCard };

struct Driver {
  Id<Driver> id;
  Id<Enterprise> enterprise_id;
  std::string name;
  std::string nationality_code;
  std::optional<DocumentKind> document_kind;  // always set in a checked driver
  std::string document_number;
  std::string document_expire_date;
  std::string phone;
  Instant register_time;
};

// Adds every fault of the fields an enterprise fills in. Field names are those of RegisterDriverRequest.
//   today    in the gate's time zone; a document that has ended is refused
// Reasons: those of FieldChecks::Text, NATIONALITY_UNKNOWN, FIELD_REQUIRED, DOCUMENT_NUMBER_INVALID,
// DATE_INVALID, DOCUMENT_EXPIRED, PHONE_INVALID.
void CheckDriver(const Driver& driver, std::chrono::sys_days today, FieldChecks& checks);

}  // namespace bordergate::vehicle
