// Goal: who knows the password comes in, and nobody else learns anything. Method: the handlers over a private
// PostgreSQL; two people and a stranger.
#include <future>

#include <gmock/gmock.h>

#include "libs/core/reasons.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/testing/identity_test_bench.h"

namespace bordergate::identity {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

class SignInTest : public IdentityTestBench {};

TEST_F(SignInTest, GivesAnEnterpriseItsOwnAccountAndId) {
  const SignedIn lan = SignUp("lan@demo");
  const SignedIn minh = SignUp("minh@demo");
  EXPECT_TRUE(lan.call.caller.Has(common::v1::ROLE_ENTERPRISE));
  EXPECT_EQ(lan.call.caller.roles.size(), 1u);
  EXPECT_TRUE(lan.call.caller.enterprise_id.starts_with("enterprise_"));
  EXPECT_NE(lan.call.caller.enterprise_id, minh.call.caller.enterprise_id);
  EXPECT_THAT(EventKinds(), ElementsAre("person.created", "person.created"));
  EXPECT_EQ(Events()[0].header().actor(), lan.person_id);
}

TEST_F(SignInTest, SignsUpOnceUnderOneRequestId) {
  v1::SignUpRequest request;
  request.set_request_id("sign-up-lan");
  request.set_sign_in_name("Lan@Demo");
  request.set_password(kPassword);
  request.set_display_name("Nông Thị Lan");
  const auto first = api_.sign_in.SignUp(Nobody(), request).value();
  EXPECT_EQ(first.person().sign_in_name(), "lan@demo");
  EXPECT_EQ(api_.sign_in.SignUp(Nobody(), request)->person().person_id(), first.person().person_id());
  request.set_request_id("sign-up-again");
  EXPECT_TRUE(api_.sign_in.SignUp(Nobody(), request).error().Is(kSignInNameTaken));
  EXPECT_EQ(CountRows("persons"), 1);
}

TEST_F(SignInTest, NamesEveryFaultOfASignUpAndWritesNothing) {
  v1::SignUpRequest request;
  request.set_password("password123");
  const Error all = api_.sign_in.SignUp(Nobody(), request).error();
  EXPECT_TRUE(all.Is(kInvalidField));
  EXPECT_EQ(all.fields().size(), 4u);
  request.set_request_id("sign-up-lan");
  request.set_sign_in_name("lan@demo");
  request.set_display_name("Lan");
  EXPECT_TRUE(api_.sign_in.SignUp(Nobody(), request).error().Is(kPasswordTooWeak));
  EXPECT_EQ(CountRows("persons"), 0);
}

TEST_F(SignInTest, GivesOneAnswerForAWrongNameAWrongPasswordAndADisabledAccount) {
  const SignedIn lan = SignUp("lan@demo");
  const SignedIn minh = SignUp("minh@demo");
  v1::DisablePersonRequest disable;
  disable.set_request_id("disable-minh");
  disable.set_person_id(minh.person_id);
  disable.set_reason("nghỉ việc");
  ASSERT_TRUE(api_.persons.DisablePerson(lan.call, disable).has_value());
  const Error nobody = TrySignIn("nobody@demo", kPassword).error();
  const Error wrong = TrySignIn("lan@demo", "another password").error();
  const Error disabled = TrySignIn("minh@demo", kPassword).error();
  for (const Error& error : {nobody, wrong, disabled}) {
    EXPECT_TRUE(error.Is(kSignInRefused));
    EXPECT_EQ(error.message(), nobody.message());
    EXPECT_EQ(error.metadata(), nobody.metadata());
  }
  // Ids are written down, names are not.
  EXPECT_THAT(access_log_.lines(),
              ElementsAre("admitted " + lan.person_id + " ", "admitted " + minh.person_id + " ",
                          "refused  SIGN_IN_REFUSED", "refused " + lan.person_id + " SIGN_IN_REFUSED",
                          "refused " + minh.person_id + " SIGN_IN_REFUSED"));
  EXPECT_THAT(access_log_.lines(), Each(Not(HasSubstr("demo"))));
}

// Counts comparisons by the cost of the hash.
class CountingHasher final : public PasswordHasher {
 public:
  explicit CountingHasher(PasswordHasher& hasher) : hasher_(hasher) {}
  Result<std::string> Hash(const std::string& password, SteadyInstant deadline) override {
    return hasher_.Hash(password, deadline);
  }
  Result<bool> Matches(const std::string& hash, const std::string& password,
                       SteadyInstant deadline) override {
    ++work[hash.substr(0, hash.rfind("p=1") + 3)];
    return hasher_.Matches(hash, password, deadline);
  }
  bool IsOutdated(const std::string& hash) const override { return hasher_.IsOutdated(hash); }
  const std::string& Decoy() const override { return hasher_.Decoy(); }

  std::map<std::string, int> work;

 private:
  PasswordHasher& hasher_;
};

TEST_F(SignInTest, DoesTheSameWorkForANameThatNobodyHas) {
  SignUp("lan@demo");
  CountingHasher counting(hasher_);
  SignInApi api({.store = unit_,
                 .hasher = counting,
                 .judge = judge_,
                 .log = access_log_,
                 .ids = ids_,
                 .clock = clock_,
                 .sessions = session_rule_});
  for (const char* name : {"lan@demo", "nobody@demo"}) {
    counting.work.clear();
    v1::SignInRequest request;
    request.set_sign_in_name(name);
    request.set_password("wrong");
    EXPECT_TRUE(api.SignIn(Nobody(), request).error().Is(kSignInRefused));
    EXPECT_THAT(counting.work,
                ElementsAre(std::pair<const std::string, int>("$argon2id$v=19$m=8,t=1,p=1", 1)));
  }
}

TEST_F(SignInTest, KnowsANameHoweverItsLettersAreCased) {
  SignUp("lan@demo");
  EXPECT_TRUE(TrySignIn("Lan@Demo", kPassword).has_value());
}

TEST_F(SignInTest, KnowsAPasswordHoweverItsAccentsAreTyped) {
  v1::SignUpRequest request;
  request.set_request_id("sign-up-lan");
  request.set_sign_in_name("lan@demo");
  request.set_password("sa\u0302\u0300u rie\u0302ng chi\u0301n so\u031b\u0301m");  // marks apart, as on macOS
  request.set_display_name("Lan");
  ASSERT_TRUE(api_.sign_in.SignUp(Nobody(), request).has_value());
  EXPECT_TRUE(TrySignIn("lan@demo", "sầu riêng chín sớm").has_value());
}

TEST_F(SignInTest, SlowsDownOneNameAndNobodyElse) {
  SignUp("lan@demo");
  SignUp("minh@demo");
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(TrySignIn("lan@demo", "wrong").error().Is(kSignInRefused));
  const Error error = TrySignIn("LAN@demo", kPassword).error();
  EXPECT_TRUE(error.Is(kTooManyTries));
  EXPECT_EQ(error.metadata().at("retry_after_s"), "60");
  EXPECT_TRUE(TrySignIn("minh@demo", kPassword).has_value());
  clock_.Advance(60s);
  EXPECT_TRUE(TrySignIn("lan@demo", kPassword).has_value());
}

TEST_F(SignInTest, SlowsDownANameThatNobodyHasAllTheSame) {
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(TrySignIn("nobody@demo", "wrong").error().Is(kSignInRefused));
  EXPECT_TRUE(TrySignIn("nobody@demo", "wrong").error().Is(kTooManyTries));
}

TEST_F(SignInTest, CountsTriesMadeAtOneTime) {
  SignUp("lan@demo");
  std::vector<std::future<Result<v1::SignInResponse>>> tries;
  for (int i = 0; i < 24; ++i) {
    tries.push_back(std::async(std::launch::async, [&] { return TrySignIn("lan@demo", "wrong"); }));
  }
  int refused = 0;
  for (auto& one : tries) refused += one.get().error().Is(kSignInRefused) ? 1 : 0;
  while (TrySignIn("lan@demo", "wrong").error().Is(kSignInRefused)) ++refused;
  EXPECT_EQ(refused, 10);
}

TEST_F(SignInTest, CountsOnlyTriesThatFail) {
  SignUp("lan@demo");
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(TrySignIn("lan@demo", kPassword).has_value());
  EXPECT_EQ(CountRows("tries"), 0);
}

TEST_F(SignInTest, KeepsNothingOfPasswordsTokensAndTriedNames) {
  const SignedIn lan = SignUp("lan@demo");
  EXPECT_FALSE(TrySignIn("my secret by mistake", "wrong").has_value());
  std::string everything;
  ASSERT_TRUE(
      database_
          .Read(Nobody().deadline,
                [&](db::Transaction& transaction) -> Result<void> {
                  for (const char* table : {"persons", "sessions", "tries", "events", "request_log"}) {
                    const std::string sql = std::string("SELECT t::text AS line FROM ") + table + " t";
                    const db::Rows rows = BG_TRY(transaction.Execute(sql));
                    for (const db::Row row : rows) everything += row.Text("line") + "\n";
                  }
                  return {};
                })
          .has_value());
  EXPECT_THAT(everything, HasSubstr(lan.person_id));
  EXPECT_THAT(everything, HasSubstr("$argon2id$"));
  for (const std::string& secret : {std::string(kPassword), lan.token, std::string("secret by mistake")}) {
    EXPECT_THAT(everything, Not(HasSubstr(secret)));
    EXPECT_THAT(everything, Not(HasSubstr(Hex(secret))));
  }
}

TEST_F(SignInTest, MakesAnOldHashAnewAtTheCostOfToday) {
  const SignedIn lan = SignUp("lan@demo");
  Argon2PasswordHasher dearer({.passes = 2, .memory_kib = 16, .at_once_max = 2, .waiting_max = 2});
  SignInApi later({.store = unit_,
                   .hasher = dearer,
                   .judge = judge_,
                   .log = access_log_,
                   .ids = ids_,
                   .clock = clock_,
                   .sessions = session_rule_});
  v1::SignInRequest request;
  request.set_sign_in_name("lan@demo");
  request.set_password(kPassword);
  ASSERT_TRUE(later.SignIn(Nobody(), request).has_value());
  ASSERT_TRUE(unit_
                  .Read(Nobody().deadline,
                        [&](IdentityStore& store) -> Result<void> {
                          const auto account = BG_TRY(store.FindAccount("lan@demo"));
                          EXPECT_FALSE(dearer.IsOutdated(account->password_hash));
                          return {};
                        })
                  .has_value());
  EXPECT_TRUE(later.SignIn(Nobody(), request).has_value());
}

}  // namespace
}  // namespace bordergate::identity
