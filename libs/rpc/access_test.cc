// Goal: nobody does what the rule does not name. Method: each line of a rule against each kind of caller.
#include "libs/rpc/access.h"

#include <gtest/gtest.h>

#include "libs/core/reasons.h"

namespace bordergate::rpc {
namespace {

Caller Person(std::vector<Role> roles) {
  return {.service = "gateway", .subject_id = "person_1", .display_name = "An", .roles = std::move(roles)};
}
Caller ProcessNamed(const std::string& service) { return {.service = service}; }

TEST(Access, AnEmptyRuleAdmitsNobody) {
  const common::v1::Access rule;
  EXPECT_TRUE(CheckAccess(rule, ProcessNamed("gateway")).error().Is(kUnauthenticated));
  EXPECT_TRUE(CheckAccess(rule, Person({common::v1::ROLE_ADMINISTRATOR})).error().Is(kRoleMissing));
}

TEST(Access, ARoleMustBeOneOfTheRule) {
  common::v1::Access rule;
  rule.add_roles(common::v1::ROLE_CUSTOMS);
  EXPECT_TRUE(CheckAccess(rule, Person({common::v1::ROLE_HEALTH, common::v1::ROLE_CUSTOMS})).has_value());
  EXPECT_TRUE(CheckAccess(rule, Person({common::v1::ROLE_HEALTH})).error().Is(kRoleMissing));
  EXPECT_TRUE(CheckAccess(rule, ProcessNamed("gateway")).error().Is(kUnauthenticated));
}

TEST(Access, AProcessMustBeNamedAndAskForItself) {
  common::v1::Access rule;
  rule.add_services("lane");
  EXPECT_TRUE(CheckAccess(rule, ProcessNamed("lane")).has_value());
  EXPECT_TRUE(CheckAccess(rule, ProcessNamed("gateway")).error().Is(kUnauthenticated));
  Caller relayed = Person({common::v1::ROLE_BORDER_GUARD});
  relayed.service = "lane";
  EXPECT_TRUE(CheckAccess(rule, relayed).error().Is(kRoleMissing));
}

TEST(Access, SignedInAdmitsAnyRole) {
  common::v1::Access rule;
  rule.set_signed_in(true);
  EXPECT_TRUE(CheckAccess(rule, Person({})).has_value());
  EXPECT_FALSE(CheckAccess(rule, ProcessNamed("gateway")).has_value());
}

TEST(Access, PublicAdmitsEverybody) {
  common::v1::Access rule;
  rule.set_public_(true);
  EXPECT_TRUE(CheckAccess(rule, ProcessNamed("gateway")).has_value());
}

}  // namespace
}  // namespace bordergate::rpc
