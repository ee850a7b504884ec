// Goal: an account is what its forms and the separation of duties allow, and somebody can always give roles.
// Method: good forms, each broken in one place; the verbs on persons made by hand.
#include "services/identity/domain/person.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/reasons.h"
#include "services/identity/domain/machine.h"
#include "services/identity/domain/password.h"
#include "services/identity/domain/reasons.h"

namespace bordergate::identity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

constexpr Instant kMidnight = std::chrono::sys_days(2026y / 11 / 22);

// "field REASON" for each fault.
std::vector<std::string> FaultsIn(const FieldChecks& checks) {
  std::vector<std::string> faults;
  if (checks.ok()) return faults;
  const Error error = checks.Done().error();
  for (const auto& violation : error.fields()) faults.push_back(violation.field + " " + violation.reason);
  return faults;
}

std::vector<std::string> PostingFaults(const std::vector<Role>& roles,
                                       const std::vector<std::string>& gates = {}) {
  FieldChecks checks;
  CheckPosting(roles, gates, checks);
  return FaultsIn(checks);
}

Person Officer(std::vector<Role> roles) {
  return {.id = Id<Person>("person_1"),
          .sign_in_name = "an.nguyen",
          .display_name = "Nguyễn Văn An",
          .roles = std::move(roles),
          .create_time = kMidnight};
}

TEST(SignInName, IsFoldedToLowerCase) { EXPECT_EQ(FoldSignInName(" An.Nguyen@Demo "), "an.nguyen@demo"); }

TEST(SignInName, HasAFewCharactersOfAFewKinds) {
  for (const auto& [name, holds] : {std::pair{"an.nguyen@demo", true},
                                    {"a_1-2", true},
                                    {"ab", false},
                                    {"", false},
                                    {"An", false},
                                    {"an nguyen", false},
                                    {"nguyễn", false},
                                    {"an'--", false}}) {
    FieldChecks checks;
    CheckSignInName(name, checks);
    EXPECT_EQ(checks.ok(), holds) << name;
  }
  FieldChecks checks;
  CheckSignInName(std::string(65, 'a'), checks);
  EXPECT_THAT(FaultsIn(checks), ElementsAre("sign_in_name SIGN_IN_NAME_INVALID"));
}

TEST(Posting, NamesRolesOfOfficersOnly) {
  EXPECT_THAT(PostingFaults({Role::kBorderGuard, Role::kManagementCentre}, {"huu-nghi"}), IsEmpty());
  EXPECT_THAT(PostingFaults({}), ElementsAre("roles FIELD_REQUIRED"));
  EXPECT_THAT(PostingFaults({Role::kCustoms, Role::kCustoms}), ElementsAre("roles ROLE_REPEATED"));
  for (const Role role : {Role::kEnterprise, Role::kPartner, Role::kDevice}) {
    EXPECT_THAT(PostingFaults({role}), ElementsAre("roles ROLE_NOT_FOR_OFFICERS"));
  }
}

TEST(Posting, KeepsApprovalAwayFromAdministrators) {
  EXPECT_THAT(PostingFaults({Role::kAdministrator}), IsEmpty());
  EXPECT_THAT(PostingFaults({Role::kAdministrator, Role::kAuditor}), IsEmpty());
  EXPECT_THAT(PostingFaults({Role::kAdministrator, Role::kCustoms}), ElementsAre("roles ROLES_CONFLICT"));
}

TEST(Posting, NamesEachGateOnceInTheirForm) {
  EXPECT_THAT(PostingFaults({Role::kCustoms}, {"huu-nghi", "huu-nghi"}),
              ElementsAre("gate_ids GATE_ID_REPEATED"));
  EXPECT_THAT(PostingFaults({Role::kCustoms}, {"huu-nghi", "Hữu Nghị"}),
              ElementsAre("gate_ids[1] GATE_ID_INVALID"));
  std::vector<std::string> many;
  for (int i = 0; i < 51; ++i) many.push_back("gate-" + std::to_string(i));
  EXPECT_THAT(PostingFaults({Role::kCustoms}, many), ElementsAre("gate_ids TOO_MANY_GATES"));
}

TEST(Person, IsRepostedUnlessNobodyCouldGiveRolesThen) {
  Person person = Officer({Role::kAdministrator});
  EXPECT_TRUE(Repost(person, {Role::kCustoms}, {}, 1).error().Is(kLastAdministrator));
  EXPECT_THAT(person.roles, ElementsAre(Role::kAdministrator));
  EXPECT_TRUE(Repost(person, {Role::kAdministrator, Role::kAuditor}, {}, 1).has_value());
  EXPECT_TRUE(Repost(person, {Role::kCustoms}, {"huu-nghi"}, 2).has_value());
  EXPECT_THAT(person.roles, ElementsAre(Role::kCustoms));
  EXPECT_THAT(person.gate_ids, ElementsAre("huu-nghi"));
}

TEST(Person, OfAnEnterpriseHoldsNoOfficersRole) {
  Person person = Officer({Role::kEnterprise});
  person.enterprise_id = "enterprise_1";
  EXPECT_TRUE(Repost(person, {Role::kCustoms}, {}, 5).error().Is(kPersonOfEnterprise));
}

TEST(Person, IsDisabledOnceUnlessItIsTheLastAdministrator) {
  Person person = Officer({Role::kAdministrator});
  EXPECT_TRUE(Disable(person, kMidnight, 1).error().Is(kLastAdministrator));
  EXPECT_TRUE(person.active());
  ASSERT_TRUE(Disable(person, kMidnight, 2).has_value());
  ASSERT_TRUE(Disable(person, kMidnight + 1h, 1).has_value());
  EXPECT_EQ(person.disable_time, kMidnight);
}

TEST(Machine, ActsForExactlyOneOwner) {
  const auto faults = [](const ApiClient& client) {
    FieldChecks checks;
    CheckApiClient(client, checks);
    return FaultsIn(checks);
  };
  EXPECT_THAT(faults({.title = "ERP", .enterprise_id = "enterprise_1"}), IsEmpty());
  EXPECT_THAT(faults({.title = "GACC", .partner_id = "pingxiang-customs"}), IsEmpty());
  EXPECT_THAT(faults({.title = "ERP", .enterprise_id = "enterprise_1", .partner_id = "pingxiang-customs"}),
              ElementsAre("partner_id PARTNER_ID_NOT_YOURS"));
  EXPECT_THAT(faults({.title = "GACC"}), ElementsAre("partner_id PARTNER_ID_INVALID"));
  EXPECT_THAT(faults({.title = "", .partner_id = "Pingxiang"}),
              ElementsAre("title FIELD_REQUIRED", "partner_id PARTNER_ID_INVALID"));
}

TEST(Machine, HoldsOneRoleThatComesWithItsOwner) {
  EXPECT_THAT(SubjectOf(ApiClient{.enterprise_id = "enterprise_1"}).roles, ElementsAre(Role::kEnterprise));
  EXPECT_THAT(SubjectOf(ApiClient{.partner_id = "pingxiang-customs"}).roles, ElementsAre(Role::kPartner));
  const Subject kiosk = SubjectOf(Device{.gate_id = "huu-nghi"});
  EXPECT_THAT(kiosk.roles, ElementsAre(Role::kDevice));
  EXPECT_THAT(kiosk.gate_ids, ElementsAre("huu-nghi"));
}

// Says that every password takes as many guesses as it was told, and remembers the words.
class FixedJudge final : public PasswordJudge {
 public:
  explicit FixedJudge(double bits) : bits_(bits) {}
  double GuessBits(const std::string&, const std::vector<std::string>& words) const override {
    words_ = words;
    return bits_;
  }
  const std::vector<std::string>& words() const { return words_; }

 private:
  double bits_;
  mutable std::vector<std::string> words_;
};

Result<void> Judged(const std::string& password, double bits, std::string_view name = "an.nguyen@demo") {
  FieldChecks checks;
  CheckPassword("password", password, name, FixedJudge(bits), checks);
  return DoneWithPassword(checks);
}

TEST(Password, NeedsTenCharactersOfAnyKind) {
  EXPECT_TRUE(Judged("mười ký tự", 40).has_value());
  EXPECT_TRUE(Judged("chín ký t", 40).error().Is(kPasswordTooWeak));
  EXPECT_TRUE(Judged(std::string(128, 'x'), 40).has_value());
}

TEST(Password, MustBeHardToGuess) {
  EXPECT_TRUE(Judged("any password", 26.6).has_value());
  const Error error = Judged("any password", 26.5).error();
  EXPECT_TRUE(error.Is(kPasswordTooWeak));
  EXPECT_EQ(error.fields().at(0).reason, "PASSWORD_EASY_TO_GUESS");
}

TEST(Password, IsJudgedWithTheNameAsAFirstGuess) {
  FieldChecks checks;
  const FixedJudge judge(40);
  CheckPassword("password", "any password", "an.nguyen@demo", judge, checks);
  EXPECT_THAT(judge.words(), Contains("an.nguyen@demo"));
  EXPECT_THAT(judge.words(), Contains("an.nguyen"));
}

TEST(Password, OfAWrongFormIsAWrongField) {
  for (const std::string& password :
       {std::string(), std::string(129, 'x'), std::string("line\nbreak here"),
        std::string("zero\0in the middle", 18), std::string("\xff\xfe no text at all")}) {
    EXPECT_TRUE(Judged(password, 100).error().Is(kInvalidField)) << password;
  }
}

TEST(Password, IsNamedBesideOtherFaults) {
  FieldChecks checks;
  checks.Text("display_name", "", {.length_min = 1});
  CheckPassword("password", "short", "an", FixedJudge(1), checks);
  const Error error = DoneWithPassword(checks).error();
  EXPECT_TRUE(error.Is(kInvalidField));
  EXPECT_THAT(FaultsIn(checks), ElementsAre("display_name FIELD_REQUIRED", "password PASSWORD_TOO_SHORT",
                                            "password PASSWORD_EASY_TO_GUESS"));
}

}  // namespace
}  // namespace bordergate::identity
