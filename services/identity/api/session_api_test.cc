// Goal: sessions end when they should, at once and no other ones; a password is changed by who knows it.
// Method: the handlers over a private PostgreSQL and a clock that the test moves; two people.
#include <gmock/gmock.h>

#include "libs/core/reasons.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/testing/identity_test_bench.h"

namespace bordergate::identity {
namespace {

using ::testing::ElementsAre;
using namespace std::chrono_literals;

class SessionApiTest : public IdentityTestBench {};

TEST_F(SessionApiTest, EndsAnIdleSessionAndKeepsOneInUse) {
  const SignedIn idle = SignUp("lan@demo");
  const SignedIn used = SignIn("lan@demo", kPassword);
  for (int i = 0; i < 3; ++i) {
    clock_.Advance(30min);
    EXPECT_TRUE(Holding(used.token).has_value());
  }
  EXPECT_TRUE(Holding(idle.token).error().Is(kSessionExpired));
  clock_.Advance(11h);
  EXPECT_TRUE(Holding(used.token).error().Is(kSessionExpired));
}

TEST_F(SessionApiTest, SignsOutTheSessionThatAsksAndNoOther) {
  const SignedIn first = SignUp("lan@demo");
  const SignedIn second = SignIn("lan@demo", kPassword);
  ASSERT_TRUE(api_.sign_in.SignOut(first.call, {}).has_value());
  EXPECT_TRUE(Holding(first.token).error().Is(kSessionUnknown));
  EXPECT_TRUE(Holding(second.token).has_value());
  EXPECT_TRUE(api_.sign_in.SignOut(first.call, {}).error().Is(kUnauthenticated));
  const auto event = Events().back();
  EXPECT_EQ(event.header().kind(), "session.revoked");
  EXPECT_EQ(event.subject_id(), first.person_id);
  EXPECT_EQ(event.session_id(), first.call.caller.session_id);
}

TEST_F(SessionApiTest, EndsTheOldestSessionWhenThereAreTooMany) {
  const SignedIn oldest = SignUp("lan@demo");
  clock_.Advance(1s);
  const SignedIn second = SignIn("lan@demo", kPassword);
  for (int i = 0; i < 2; ++i) {
    clock_.Advance(1s);
    SignIn("lan@demo", kPassword);
  }
  EXPECT_TRUE(Holding(oldest.token).error().Is(kSessionUnknown));
  EXPECT_TRUE(Holding(second.token).has_value());
  EXPECT_EQ(Events().back().session_id(), oldest.call.caller.session_id);
}

TEST_F(SessionApiTest, ClearsAwayExpiredSessionsAFewAtATime) {
  for (int i = 0; i < 3; ++i) SignUp("person" + std::to_string(i));
  clock_.Advance(1h + 24h - 1s);
  SignUp("person3");
  EXPECT_EQ(CountRows("sessions"), 4);
  clock_.Advance(2s);
  SignUp("person4");
  EXPECT_EQ(CountRows("sessions"), 2);
}

TEST_F(SessionApiTest, TellsWhoIsSignedIn) {
  const SignedIn lan = SignUp("lan@demo");
  const auto me = api_.sign_in.GetMe(lan.call, {}).value();
  EXPECT_EQ(me.subject_id(), lan.person_id);
  EXPECT_EQ(me.display_name(), "Nông Thị Xuất");
  EXPECT_THAT(me.roles(), ElementsAre(common::v1::ROLE_ENTERPRISE));
  EXPECT_EQ(me.enterprise_id(), lan.call.caller.enterprise_id);
}

v1::ChangePasswordRequest NewPassword(const std::string& request_id, const std::string& current,
                                      const std::string& wanted) {
  v1::ChangePasswordRequest request;
  request.set_request_id(request_id);
  request.set_current_password(current);
  request.set_new_password(wanted);
  return request;
}

TEST_F(SessionApiTest, ChangesThePasswordAndEndsTheOtherSessions) {
  const SignedIn asking = SignUp("lan@demo");
  const SignedIn other = SignIn("lan@demo", kPassword);
  const SignedIn minh = SignUp("minh@demo");
  const auto request = NewPassword("change-lan", kPassword, "mot hai ba bon nam");
  ASSERT_TRUE(api_.sign_in.ChangePassword(asking.call, request).has_value());
  EXPECT_TRUE(Holding(asking.token).has_value());
  EXPECT_TRUE(Holding(other.token).error().Is(kSessionUnknown));
  EXPECT_TRUE(Holding(minh.token).has_value());
  EXPECT_TRUE(TrySignIn("lan@demo", kPassword).error().Is(kSignInRefused));
  EXPECT_TRUE(TrySignIn("lan@demo", "mot hai ba bon nam").has_value());
  EXPECT_TRUE(api_.sign_in.ChangePassword(asking.call, request).has_value());  // a repeat
  EXPECT_THAT(EventKinds(),
              ElementsAre("person.created", "person.created", "session.revoked", "person.password_changed"));
}

TEST_F(SessionApiTest, ChangesNoPasswordForWhoDoesNotKnowIt) {
  const SignedIn lan = SignUp("lan@demo");
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(api_.sign_in
                    .ChangePassword(lan.call, NewPassword("change-lan-" + std::to_string(i), "wrong",
                                                          "mot hai ba bon nam"))
                    .error()
                    .Is(kPasswordWrong));
  }
  EXPECT_TRUE(
      api_.sign_in.ChangePassword(lan.call, NewPassword("change-lan", kPassword, "mot hai ba bon nam"))
          .error()
          .Is(kTooManyTries));
  EXPECT_TRUE(api_.sign_in.ChangePassword(lan.call, NewPassword("change-lan", kPassword, "lan@demo1234"))
                  .error()
                  .Is(kPasswordTooWeak));
  EXPECT_THAT(EventKinds(), ElementsAre("person.created"));
}

}  // namespace
}  // namespace bordergate::identity
