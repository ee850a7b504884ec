// Goal: passwords are kept so that they cannot be read back, with a bounded amount of work, and those that
// guessers try first are found. Method: libsodium at its least cost; zxcvbn with passwords people really
// choose.
#include <atomic>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/core/reasons.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/domain/secret.h"
#include "services/identity/secrets/argon2_password_hasher.h"
#include "services/identity/secrets/zxcvbn_password_judge.h"

namespace bordergate::identity {
namespace {

using ::testing::StartsWith;
using namespace std::chrono_literals;

constexpr Argon2Cost kLeast{.passes = 1, .memory_kib = 8, .at_once_max = 2, .waiting_max = 2};

SteadyInstant Soon() { return std::chrono::steady_clock::now() + 10s; }

TEST(PasswordHasher, KnowsThePasswordAgainAndNoOther) {
  Argon2PasswordHasher hasher(kLeast);
  const std::string hash = hasher.Hash("cua khau huu nghi", Soon()).value();
  EXPECT_THAT(hash, StartsWith("$argon2id$v=19$m=8,t=1,p=1$"));
  EXPECT_TRUE(hasher.Matches(hash, "cua khau huu nghi", Soon()).value());
  EXPECT_FALSE(hasher.Matches(hash, "cua khau huu nghi ", Soon()).value());
  EXPECT_FALSE(hasher.Matches("not a hash", "cua khau huu nghi", Soon()).value());
}

TEST(PasswordHasher, SaltsEachHash) {
  Argon2PasswordHasher hasher(kLeast);
  EXPECT_NE(hasher.Hash("cua khau huu nghi", Soon()).value(),
            hasher.Hash("cua khau huu nghi", Soon()).value());
}

TEST(PasswordHasher, HasADecoyOfTheSameCost) {
  Argon2PasswordHasher hasher(kLeast);
  EXPECT_THAT(hasher.Decoy(), StartsWith("$argon2id$v=19$m=8,t=1,p=1$"));
  EXPECT_FALSE(hasher.Matches(hasher.Decoy(), "", Soon()).value());
}

TEST(PasswordHasher, SeesThatTheCostHasChanged) {
  Argon2PasswordHasher hasher(kLeast);
  Argon2PasswordHasher dearer({.passes = 2, .memory_kib = 16, .at_once_max = 2, .waiting_max = 2});
  EXPECT_FALSE(hasher.IsOutdated(hasher.Decoy()));
  EXPECT_TRUE(dearer.IsOutdated(hasher.Decoy()));
}

TEST(PasswordHasher, RefusesWorkBeyondItsBoundsAndGoesOn) {
  // Each hash takes long enough for the others to meet it.
  Argon2PasswordHasher hasher({.passes = 2, .memory_kib = 16 << 10, .at_once_max = 1, .waiting_max = 1});
  std::vector<std::future<Result<std::string>>> hashes;
  for (int i = 0; i < 16; ++i) {
    hashes.push_back(
        std::async(std::launch::async, [&] { return hasher.Hash("cua khau huu nghi", Soon()); }));
  }
  int refused = 0;
  for (auto& hash : hashes) {
    const auto result = hash.get();
    if (result) continue;
    EXPECT_TRUE(result.error().Is(kOverloaded));
    ++refused;
  }
  EXPECT_GT(refused, 0);
  EXPECT_LT(refused, 16);
  EXPECT_TRUE(hasher.Hash("cua khau huu nghi", Soon()).has_value());
}

TEST(PasswordHasher, DoesNotWaitBeyondTheDeadline) {
  Argon2PasswordHasher hasher({.passes = 1, .memory_kib = 4 << 10, .at_once_max = 1, .waiting_max = 1});
  std::atomic<bool> stop = false;
  auto busy = std::async(std::launch::async, [&] {
    while (!stop) EXPECT_TRUE(hasher.Hash("cua khau huu nghi", Soon()).has_value());
  });
  // Sooner or later it comes while the other one is at work, and has no time to wait.
  bool refused = false;
  for (int i = 0; i < 10'000 && !refused; ++i) {
    const auto hash = hasher.Hash("cua khau huu nghi", std::chrono::steady_clock::now());
    refused = !hash && hash.error().Is(kOverloaded);
  }
  stop = true;
  busy.get();
  EXPECT_TRUE(refused);
}

Result<void> Judge(const std::string& password) {
  FieldChecks checks;
  CheckPassword("password", password, "an.nguyen@demo", ZxcvbnPasswordJudge(), checks);
  return DoneWithPassword(checks);
}

TEST(PasswordJudge, FindsWhatGuessersTryFirst) {
  for (const char* password :
       {"password123", "Password123!", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "iloveyou1234",
        "1q2w3e4r5t", "Admin@123456", "19901225abc", "an.nguyen2026", "bordergate1", "matkhau123",
        "anhyeuem123", "Langson2026", "0912345678", "vietnam@2026"}) {
    const Result<void> result = Judge(password);
    EXPECT_TRUE(!result && result.error().Is(kPasswordTooWeak)) << password;
  }
}

TEST(PasswordJudge, TakesWhatIsHardToGuess) {
  for (const char* password : {"correct horse battery", "kX9v2mQp7w", "xe tai qua cua khau",
                               "mot hai ba bon nam", "sầu riêng chín sớm"}) {
    EXPECT_TRUE(Judge(password).has_value()) << password;
  }
  EXPECT_TRUE(Judge(NewOneTimePassword()).has_value());
}

}  // namespace
}  // namespace bordergate::identity
