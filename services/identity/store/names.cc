#include "services/identity/store/names.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "libs/core/check.h"
#include "libs/core/text.h"

namespace bordergate::identity {
namespace {

constexpr std::array<std::string_view, 13> kRoleNames = {
    "enterprise",    "border_guard",   "customs",       "quarantine",        "health",
    "fee_collector", "traffic_police", "yard_operator", "management_centre", "auditor",
    "administrator", "partner",        "device"};
constexpr std::array<std::string_view, 3> kSubjectKindNames = {"person", "api_client", "device"};

template <class Enum, size_t kCount>
Enum ValueOf(const std::array<std::string_view, kCount>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  BG_CHECK(found != names.end(), "a table holds only names that its constraint allows");
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view NameOf(SubjectKind kind) { return kSubjectKindNames.at(static_cast<size_t>(kind)); }

SubjectKind SubjectKindOf(std::string_view name) { return ValueOf<SubjectKind>(kSubjectKindNames, name); }

std::string JoinRoles(const std::vector<Role>& roles) {
  std::vector<std::string_view> names;
  names.reserve(roles.size());
  for (const Role role : roles) names.push_back(kRoleNames.at(static_cast<size_t>(role)));
  return fmt::format("{}", fmt::join(names, ","));
}

std::vector<Role> SplitRoles(std::string_view joined) {
  std::vector<Role> roles;
  if (joined.empty()) return roles;
  for (const std::string_view name : Split(joined, ',')) roles.push_back(ValueOf<Role>(kRoleNames, name));
  return roles;
}

std::string JoinIds(const std::vector<std::string>& ids) { return fmt::format("{}", fmt::join(ids, ",")); }

std::vector<std::string> SplitIds(std::string_view joined) {
  std::vector<std::string> ids;
  if (joined.empty()) return ids;
  for (const std::string_view id : Split(joined, ',')) ids.emplace_back(id);
  return ids;
}

}  // namespace bordergate::identity
