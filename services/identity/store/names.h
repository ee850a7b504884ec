// Names of enum values and lists in the tables. They are part of the data: never change one, add another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/identity/domain/subject.h"

namespace bordergate::identity {

std::string_view NameOf(SubjectKind kind);
SubjectKind SubjectKindOf(std::string_view name);

// Lists travel as text with commas; names and gate ids hold none.
std::string JoinRoles(const std::vector<Role>& roles);
std::vector<Role> SplitRoles(std::string_view joined);
std::string JoinIds(const std::vector<std::string>& ids);
std::vector<std::string> SplitIds(std::string_view joined);

}  // namespace bordergate::identity
