// Goal: only what identity signed, and only while it lasts, makes a caller. Method: good, altered, old and
// foreign assertions.
#include "libs/rpc/assertion.h"

#include <gtest/gtest.h>

#include "libs/testing/manual_clock.h"
#include "libs/testing/test_pki.h"

namespace bordergate::rpc {
namespace {

class AssertionTest : public ::testing::Test {
 protected:
  std::string Make(seconds lifetime = seconds(60)) {
    return pki_.MakeAssertion({.service = {},
                               .subject_id = "person_1",
                               .display_name = "Nguyễn Văn An",
                               .roles = {common::v1::ROLE_CUSTOMS},
                               .gate_ids = {"huu-nghi"}},
                              clock_.Now(), lifetime);
  }

  TestPki pki_;
  ManualClock clock_;
  AssertionVerifier verifier_{pki_.public_key_folder(), clock_};
  Caller caller_{.service = "gateway"};
};

TEST_F(AssertionTest, MakesTheCaller) {
  ASSERT_TRUE(verifier_.Apply(Make(), caller_).has_value());
  EXPECT_EQ(caller_.subject_id, "person_1");
  EXPECT_TRUE(caller_.Has(common::v1::ROLE_CUSTOMS));
  EXPECT_TRUE(caller_.MaySeeGate("huu-nghi"));
  EXPECT_FALSE(caller_.MaySeeGate("tan-thanh"));
  EXPECT_EQ(caller_.actor(), "person_1");
}

TEST_F(AssertionTest, EndsWithItsTime) {
  const std::string assertion = Make();
  clock_.Advance(seconds(66));
  EXPECT_TRUE(verifier_.Apply(assertion, caller_).error().Is(kAssertionExpired));
}

TEST_F(AssertionTest, IsNotTakenFromTheFuture) {
  const std::string assertion = Make();
  clock_.JumpWallClock(-seconds(60));
  EXPECT_TRUE(verifier_.Apply(assertion, caller_).error().Is(kAssertionInvalid));
}

TEST_F(AssertionTest, HoldsOnlyUnaltered) {
  common::v1::SignedAssertion signed_assertion;
  ASSERT_TRUE(signed_assertion.ParseFromString(Make()));
  common::v1::CallerAssertion assertion;
  ASSERT_TRUE(assertion.ParseFromString(signed_assertion.assertion()));
  assertion.add_roles(common::v1::ROLE_ADMINISTRATOR);
  signed_assertion.set_assertion(assertion.SerializeAsString());
  EXPECT_TRUE(verifier_.Apply(signed_assertion.SerializeAsString(), caller_).error().Is(kAssertionInvalid));
  EXPECT_FALSE(caller_.signed_in());
}

TEST_F(AssertionTest, IsRefusedFromAnotherAuthority) {
  const TestPki other;
  const std::string foreign = other.MakeAssertion({.service = {}, .subject_id = "person_1"}, clock_.Now());
  EXPECT_TRUE(verifier_.Apply(foreign, caller_).error().Is(kAssertionInvalid));
}

TEST_F(AssertionTest, NeverReadsAKeyFromAnotherFolder) {
  common::v1::SignedAssertion signed_assertion;
  ASSERT_TRUE(signed_assertion.ParseFromString(Make()));
  signed_assertion.set_key_id("../test-key");
  EXPECT_TRUE(verifier_.Apply(signed_assertion.SerializeAsString(), caller_).error().Is(kAssertionInvalid));
  EXPECT_TRUE(verifier_.Apply("garbage", caller_).error().Is(kAssertionInvalid));
}

}  // namespace
}  // namespace bordergate::rpc
