// Goal: administrators keep the accounts of officers, changes count at once, and somebody can always give
// roles. Method: the handlers over a private PostgreSQL; an administrator, officers and an enterprise. (Who
// may call at all is the server's part: identity_server_test.cc.)
#include <future>

#include <gmock/gmock.h>

#include "libs/core/reasons.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/testing/identity_test_bench.h"

namespace bordergate::identity {
namespace {

using ::testing::ElementsAre;

class PersonApiTest : public IdentityTestBench {
 protected:
  v1::SetPersonRolesRequest RolesForm(const std::string& person_id, const std::vector<rpc::Role>& roles) {
    v1::SetPersonRolesRequest request;
    request.set_request_id("set-roles-" + std::to_string(++forms_));
    request.set_person_id(person_id);
    for (const rpc::Role role : roles) request.add_roles(role);
    request.set_reason("chuyển công tác");
    return request;
  }
  v1::DisablePersonRequest DisableForm(const std::string& person_id) {
    v1::DisablePersonRequest request;
    request.set_request_id("disable-" + std::to_string(++forms_));
    request.set_person_id(person_id);
    request.set_reason("nghỉ việc");
    return request;
  }

 private:
  std::atomic<int> forms_ = 0;
};

TEST_F(PersonApiTest, MakesAnOfficerWhoseOneTimePasswordIsShownOnce) {
  const SignedIn admin = Administrator();
  auto form = PersonForm("an@demo", {common::v1::ROLE_CUSTOMS});
  form.add_gate_ids("huu-nghi");
  const auto made = api_.persons.CreatePerson(admin.call, form).value();
  EXPECT_THAT(made.person().gate_ids(), ElementsAre("huu-nghi"));
  const auto repeat = api_.persons.CreatePerson(admin.call, form).value();
  EXPECT_EQ(repeat.person().person_id(), made.person().person_id());
  EXPECT_EQ(repeat.one_time_password(), "");
  const SignedIn an = SignIn("an@demo", made.one_time_password());
  EXPECT_THAT(an.call.caller.roles, ElementsAre(common::v1::ROLE_CUSTOMS));
  EXPECT_THAT(an.call.caller.gate_ids, ElementsAre("huu-nghi"));
  form.set_request_id("person-other");
  EXPECT_TRUE(api_.persons.CreatePerson(admin.call, form).error().Is(kSignInNameTaken));
  const auto event = Events().back();
  EXPECT_EQ(event.header().kind(), "person.created");
  EXPECT_EQ(event.header().actor(), admin.person_id);
  EXPECT_THAT(event.roles(), ElementsAre(common::v1::ROLE_CUSTOMS));
}

TEST_F(PersonApiTest, RefusesAWrongFormWholeAndWritesNothing) {
  const SignedIn admin = Administrator();
  auto form = PersonForm("a", {common::v1::ROLE_DEVICE});
  form.add_roles(static_cast<rpc::Role>(99));
  form.clear_display_name();
  const Error error = api_.persons.CreatePerson(admin.call, form).error();
  EXPECT_TRUE(error.Is(kInvalidField));
  EXPECT_EQ(error.fields().size(), 4u);
  EXPECT_EQ(CountRows("persons"), 1);
}

TEST_F(PersonApiTest, ChangesRolesForRunningSessionsAtOnce) {
  const SignedIn admin = Administrator();
  const SignedIn an = Officer(admin, "an@demo", {common::v1::ROLE_CUSTOMS});
  ASSERT_TRUE(api_.persons.SetPersonRoles(admin.call, RolesForm(an.person_id, {common::v1::ROLE_QUARANTINE}))
                  .has_value());
  EXPECT_THAT(Holding(an.token)->caller.roles, ElementsAre(common::v1::ROLE_QUARANTINE));
  const auto event = Events().back();
  EXPECT_EQ(event.header().kind(), "person.changed");
  EXPECT_EQ(event.subject_id(), an.person_id);
  EXPECT_EQ(event.reason(), "chuyển công tác");
}

TEST_F(PersonApiTest, GivesAnEnterprisesPersonNoOtherRole) {
  const SignedIn admin = Administrator();
  const SignedIn lan = SignUp("lan@demo");
  EXPECT_TRUE(api_.persons.SetPersonRoles(admin.call, RolesForm(lan.person_id, {common::v1::ROLE_CUSTOMS}))
                  .error()
                  .Is(kPersonOfEnterprise));
  EXPECT_TRUE(api_.persons.SetPersonRoles(admin.call, RolesForm("person_none", {common::v1::ROLE_CUSTOMS}))
                  .error()
                  .Is(kPersonNotFound));
  EXPECT_TRUE(
      api_.persons.SetPersonRoles(admin.call, RolesForm(lan.person_id, {})).error().Is(kInvalidField));
}

TEST_F(PersonApiTest, DisablesAPersonAndEndsEverySession) {
  const SignedIn admin = Administrator();
  const SignedIn an = Officer(admin, "an@demo", {common::v1::ROLE_CUSTOMS});
  EXPECT_EQ(api_.persons.DisablePerson(admin.call, DisableForm(an.person_id))->person().state(),
            v1::Person::STATE_DISABLED);
  EXPECT_TRUE(Holding(an.token).error().Is(kSessionUnknown));
  EXPECT_EQ(Events().back().header().kind(), "person.disabled");
  const size_t events = Events().size();
  EXPECT_TRUE(api_.persons.DisablePerson(admin.call, DisableForm(an.person_id)).has_value());
  EXPECT_EQ(Events().size(), events);
  EXPECT_TRUE(api_.persons.DisablePerson(admin.call, DisableForm("person_none")).error().Is(kPersonNotFound));
}

TEST_F(PersonApiTest, LeavesNoSessionOfSomebodyWhoIsDisabledWhileSigningIn) {
  const SignedIn admin = Administrator();
  for (int i = 0; i < 10; ++i) {
    const std::string name = "an" + std::to_string(i) + "@demo";
    const auto made =
        api_.persons.CreatePerson(admin.call, PersonForm(name, {common::v1::ROLE_CUSTOMS})).value();
    auto signing_in =
        std::async(std::launch::async, [&] { return TrySignIn(name, made.one_time_password()).has_value(); });
    ASSERT_TRUE(api_.persons.DisablePerson(admin.call, DisableForm(made.person().person_id())).has_value());
    signing_in.get();
  }
  EXPECT_EQ(CountRows("sessions"), 1);  // the administrator's
}

TEST_F(PersonApiTest, NeverLosesTheLastAdministrator) {
  const SignedIn admin = Administrator();
  EXPECT_TRUE(
      api_.persons.DisablePerson(admin.call, DisableForm(admin.person_id)).error().Is(kLastAdministrator));
  EXPECT_TRUE(api_.persons.SetPersonRoles(admin.call, RolesForm(admin.person_id, {common::v1::ROLE_AUDITOR}))
                  .error()
                  .Is(kLastAdministrator));
  EXPECT_TRUE(Holding(admin.token).has_value());
}

TEST_F(PersonApiTest, KeepsOneOfTwoAdministratorsWhoDisableEachOther) {
  const SignedIn first = Administrator();
  const SignedIn second = Officer(first, "second@demo", {common::v1::ROLE_ADMINISTRATOR});
  auto one = std::async(std::launch::async, [&] {
    return api_.persons.DisablePerson(first.call, DisableForm(second.person_id));
  });
  const auto two = api_.persons.DisablePerson(second.call, DisableForm(first.person_id));
  const auto other = one.get();
  EXPECT_NE(two.has_value(), other.has_value());
  EXPECT_TRUE((two ? other : two).error().Is(kLastAdministrator));
}

TEST_F(PersonApiTest, GivesANewPasswordToWhoLostIt) {
  const SignedIn admin = Administrator();
  const SignedIn an = Officer(admin, "an@demo", {common::v1::ROLE_CUSTOMS});
  v1::ResetPasswordRequest request;
  request.set_request_id("reset-an");
  request.set_person_id(an.person_id);
  request.set_reason("quên mật khẩu");
  const auto reset = api_.persons.ResetPassword(admin.call, request).value();
  EXPECT_TRUE(Holding(an.token).error().Is(kSessionUnknown));
  EXPECT_TRUE(TrySignIn("an@demo", reset.one_time_password()).has_value());
  EXPECT_EQ(api_.persons.ResetPassword(admin.call, request)->one_time_password(), "");
  const auto event = Events().back();
  EXPECT_EQ(event.header().kind(), "session.revoked");
  EXPECT_EQ(event.subject_id(), an.person_id);
  EXPECT_EQ(event.session_id(), "");
}

TEST_F(PersonApiTest, ListsPersonsByNameInPages) {
  const SignedIn admin = Administrator();
  for (const char* name : {"dung@demo", "an@demo", "binh@demo", "chi@demo"}) {
    ASSERT_TRUE(
        api_.persons.CreatePerson(admin.call, PersonForm(name, {common::v1::ROLE_CUSTOMS})).has_value());
  }
  v1::ListPersonsRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const auto page = api_.persons.ListPersons(admin.call, request).value();
    EXPECT_LE(page.persons_size(), 2);
    for (const auto& person : page.persons()) names.push_back(person.sign_in_name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, ElementsAre("an@demo", "binh@demo", "chi@demo", "dung@demo", "quantri@demo"));
  request.set_page_size(201);
  EXPECT_TRUE(api_.persons.ListPersons(admin.call, request).error().Is(kInvalidField));
}

TEST_F(PersonApiTest, TellsNobodyANameInAnEvent) {
  const SignedIn admin = Administrator();
  Officer(admin, "an@demo", {common::v1::ROLE_CUSTOMS});
  SignUp("lan@demo");
  const auto events = Events();
  EXPECT_EQ(events.size(), 3u);
  for (const auto& event : events) {
    EXPECT_EQ(event.SerializeAsString().find("demo"), std::string::npos);
    EXPECT_EQ(event.SerializeAsString().find("Nguyễn"), std::string::npos);
  }
}

}  // namespace
}  // namespace bordergate::identity
