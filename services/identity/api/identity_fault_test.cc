// Goal: without its database identity says so, and works again by itself. Method: works, crash, the declared
// error, heal, works again without a restart; a database that can be read but not written.
#include "libs/core/reasons.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/testing/identity_test_bench.h"

namespace bordergate::identity {
namespace {

class IdentityFaultTest : public IdentityTestBench {};

TEST_F(IdentityFaultTest, WorksAgainWhenTheDatabaseIsBack) {
  const SignedIn lan = SignUp("lan@demo");
  TestPostgres::Get().Crash();
  EXPECT_TRUE(Holding(lan.token).error().Is(kServiceUnavailable));
  EXPECT_TRUE(TrySignIn("lan@demo", kPassword).error().Is(kServiceUnavailable));
  EXPECT_TRUE(api_.sign_in.SignOut(lan.call, {}).error().Is(kServiceUnavailable));
  TestPostgres::Get().Start();
  EXPECT_TRUE(Holding(lan.token).has_value());
  EXPECT_TRUE(TrySignIn("lan@demo", kPassword).has_value());
  ASSERT_TRUE(api_.sign_in.SignOut(lan.call, {}).has_value());
  EXPECT_TRUE(Holding(lan.token).error().Is(kSessionUnknown));
}

TEST_F(IdentityFaultTest, GoesOnResolvingTokensWhileNothingCanBeWritten) {
  const SignedIn lan = SignUp("lan@demo");
  const auto run = [&](const std::string& sql) {
    return database_.Change(Nobody().deadline, [&](db::Transaction& transaction) -> Result<void> {
      return transaction.ExecuteScript(sql);
    });
  };
  ASSERT_TRUE(
      run("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full' "
          "USING ERRCODE = '53100'; END $$; CREATE TRIGGER refuse BEFORE UPDATE ON sessions FOR EACH ROW "
          "EXECUTE FUNCTION refuse()")
          .has_value());
  clock_.Advance(seconds(120));
  EXPECT_TRUE(Holding(lan.token).has_value());
  EXPECT_EQ(access_log_.lines().back(), "use not written  SERVICE_UNAVAILABLE");
  ASSERT_TRUE(run("DROP TRIGGER refuse ON sessions").has_value());
  const size_t lines = access_log_.lines().size();
  EXPECT_TRUE(Holding(lan.token).has_value());
  EXPECT_EQ(access_log_.lines().size(), lines);
  // The use was written this time, so the session outlives its first hour.
  clock_.Advance(seconds(3'500));
  EXPECT_TRUE(Holding(lan.token).has_value());
}

}  // namespace
}  // namespace bordergate::identity
