// Goal: there is a first administrator, and only one way to be it. Method: the command's work over a private
// PostgreSQL, once, again, and several at one time.
#include "services/identity/bootstrap.h"

#include <future>

#include <gtest/gtest.h>

#include "libs/core/reasons.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/testing/identity_test_bench.h"

namespace bordergate::identity {
namespace {

class BootstrapTest : public IdentityTestBench {
 protected:
  Result<FirstAdministrator> Make(const std::string& sign_in_name) {
    return MakeFirstAdministrator(unit_, hasher_, ids_, system_clock_, sign_in_name);
  }
};

TEST_F(BootstrapTest, MakesTheFirstAdministratorOnce) {
  const auto made = Make("QuanTri@demo").value();
  const SignedIn admin = SignIn("quantri@demo", made.one_time_password);
  EXPECT_EQ(admin.person_id, made.person.id.value());
  EXPECT_TRUE(admin.call.caller.Has(common::v1::ROLE_ADMINISTRATOR));
  EXPECT_TRUE(Make("another@demo").error().Is(kAdministratorExists));
  EXPECT_EQ(CountRows("persons"), 1);
  EXPECT_EQ(Events().at(0).header().actor(), "service:identity");
}

TEST_F(BootstrapTest, RefusesANameThatNobodyCanHaveOrThatIsTaken) {
  EXPECT_TRUE(Make("Ai đó").error().Is(kInvalidField));
  SignUp("lan@demo");
  EXPECT_TRUE(Make("lan@demo").error().Is(kSignInNameTaken));
}

TEST_F(BootstrapTest, MakesOneOfSeveralAtOneTime) {
  std::vector<std::future<bool>> makers;
  for (int i = 0; i < 4; ++i) {
    makers.push_back(
        std::async(std::launch::async, [this, i] { return Make("admin" + std::to_string(i)).has_value(); }));
  }
  int made = 0;
  for (auto& maker : makers) made += maker.get() ? 1 : 0;
  EXPECT_EQ(made, 1);
}

}  // namespace
}  // namespace bordergate::identity
