#include "services/identity/domain/person.h"

#include <algorithm>

#include <fmt/format.h>

#include "libs/core/text.h"
#include "services/identity/domain/reasons.h"

namespace bordergate::identity {
namespace {

constexpr size_t kGatesMax = 50;

template <class Item>
bool AllDiffer(std::vector<Item> items) {
  std::sort(items.begin(), items.end());
  return std::adjacent_find(items.begin(), items.end()) == items.end();
}

bool IsForOfficers(Role role) {
  return role != Role::kEnterprise && role != Role::kPartner && role != Role::kDevice;
}

bool IsAlone(const std::vector<Role>& roles) {
  return std::all_of(roles.begin(), roles.end(),
                     [](Role role) { return role == Role::kAdministrator || role == Role::kAuditor; });
}

Error LastAdministrator() {
  return {kLastAdministrator, "this is the last administrator; make another one first"};
}

}  // namespace

Subject SubjectOf(const Person& person) {
  return {.kind = SubjectKind::kPerson,
          .id = person.id.value(),
          .display_name = person.display_name,
          .roles = person.roles,
          .enterprise_id = person.enterprise_id,
          .partner_id = {},
          .gate_ids = person.gate_ids};
}

std::string FoldSignInName(std::string_view as_written) { return LowerAscii(Trim(as_written)); }

void CheckSignInName(std::string_view sign_in_name, FieldChecks& checks) {
  const bool holds =
      sign_in_name.size() >= 3 && sign_in_name.size() <= 64 &&
      sign_in_name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_@") == std::string_view::npos;
  checks.Require(holds, "sign_in_name", "SIGN_IN_NAME_INVALID",
                 "must have 3 to 64 characters of a to z, 0 to 9, dot, hyphen, underscore, at sign");
}

void CheckNames(const Person& person, FieldChecks& checks) {
  CheckSignInName(person.sign_in_name, checks);
  checks.Text("display_name", person.display_name, {.length_min = 1, .length_max = 120});
}

void CheckPosting(const std::vector<Role>& roles, const std::vector<std::string>& gate_ids,
                  FieldChecks& checks) {
  checks.Require(!roles.empty(), "roles", "FIELD_REQUIRED", "must name at least one role");
  checks.Require(AllDiffer(roles), "roles", "ROLE_REPEATED", "must name each role once");
  checks.Require(
      std::all_of(roles.begin(), roles.end(), IsForOfficers), "roles", "ROLE_NOT_FOR_OFFICERS",
      "must not hold ROLE_ENTERPRISE, ROLE_PARTNER or ROLE_DEVICE; these come with what they belong to");
  checks.Require(!Holds(roles, Role::kAdministrator) || IsAlone(roles), "roles", "ROLES_CONFLICT",
                 "must not join ROLE_ADMINISTRATOR with another role than ROLE_AUDITOR; make two accounts");
  checks.Require(gate_ids.size() <= kGatesMax, "gate_ids", "TOO_MANY_GATES",
                 "must name at most 50 gates; leave it empty for all");
  checks.Require(AllDiffer(gate_ids), "gate_ids", "GATE_ID_REPEATED", "must name each gate once");
  for (size_t i = 0; i < std::min(gate_ids.size(), kGatesMax); ++i) {
    CheckGateId(fmt::format("gate_ids[{}]", i), gate_ids[i], checks);
  }
}

Result<void> Repost(Person& person, std::vector<Role> roles, std::vector<std::string> gate_ids,
                    int active_administrators) {
  if (!person.enterprise_id.empty()) {
    return Error(kPersonOfEnterprise, "the person works for an enterprise and can hold no other role");
  }
  if (person.is_active_administrator() && !Holds(roles, Role::kAdministrator) && active_administrators <= 1) {
    return LastAdministrator();
  }
  person.roles = std::move(roles);
  person.gate_ids = std::move(gate_ids);
  return {};
}

Result<void> Disable(Person& person, Instant now, int active_administrators) {
  if (!person.active()) return {};
  if (person.is_active_administrator() && active_administrators <= 1) return LastAdministrator();
  person.disable_time = now;
  return {};
}

}  // namespace bordergate::identity
