// Whoever can be asking: a person, an API client or a device, as the services see it.
#pragma once

#include <string>
#include <vector>

#include "libs/core/field_checks.h"

namespace bordergate::identity {

// In the order of the contract (common.v1.Role).
enum class Role {
  kEnterprise,
  kBorderGuard,
  kCustoms,
  kQuarantine,
  kHealth,
  kFeeCollector,
  kTrafficPolice,
  kYardOperator,
  kManagementCentre,
  kAuditor,
  kAdministrator,
  kPartner,
  kDevice,
};

enum class SubjectKind { kPerson, kApiClient, kDevice };

// What goes into an assertion.
struct Subject {
  SubjectKind kind = SubjectKind::kPerson;
  std::string id;
  std::string display_name;
  std::vector<Role> roles;
  std::string enterprise_id;          // for ROLE_ENTERPRISE
  std::string partner_id;             // for ROLE_PARTNER
  std::vector<std::string> gate_ids;  // empty: all
};

bool Holds(const std::vector<Role>& roles, Role role);

// Adds GATE_ID_INVALID unless 1 to 40 characters of a to z, digits and hyphen.
void CheckGateId(std::string_view field, std::string_view gate_id, FieldChecks& checks);

}  // namespace bordergate::identity
