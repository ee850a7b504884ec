#include "services/identity/domain/subject.h"

#include <algorithm>

namespace bordergate::identity {

bool Holds(const std::vector<Role>& roles, Role role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

void CheckGateId(std::string_view field, std::string_view gate_id, FieldChecks& checks) {
  const bool holds =
      !gate_id.empty() && gate_id.size() <= 40 &&
      gate_id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
  checks.Require(holds, field, "GATE_ID_INVALID",
                 "must have 1 to 40 characters of a to z, digits and hyphen, for example huu-nghi");
}

}  // namespace bordergate::identity
