// Goal: sessions end when they should, tries are slowed down, secrets cannot be guessed or read back. Method:
// the pure functions over chosen instants.
#include "services/identity/domain/session.h"

#include <set>

#include <gtest/gtest.h>

#include "services/identity/domain/reasons.h"
#include "services/identity/domain/secret.h"
#include "services/identity/domain/tries.h"

namespace bordergate::identity {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart = std::chrono::sys_days(2026y / 11 / 22);
constexpr SessionRule kRule{.idle = 3600s, .absolute = 43200s, .per_subject_max = 3};

Session SessionOfAPerson() { return NewPersonSession(Id<Session>("session_1"), "person_1", kRule, kStart); }

TEST(Session, EndsWhenItIsNotUsed) {
  const Session session = SessionOfAPerson();
  EXPECT_TRUE(CheckInForce(session, kStart + 1h - 1us).has_value());
  EXPECT_TRUE(CheckInForce(session, kStart + 1h).error().Is(kSessionExpired));
}

TEST(Session, GoesOnWhileItIsUsedButNotBeyondItsLastEnd) {
  Session session = SessionOfAPerson();
  Instant now = kStart;
  while (CheckInForce(session, now)) {
    session = AfterUse(session, kRule, now).value_or(session);
    now += 50min;
  }
  EXPECT_EQ(session.expire_time, kStart + 12h);
  EXPECT_GE(now, kStart + 12h);
  EXPECT_LT(now, kStart + 12h + 50min);
}

TEST(Session, IsWrittenAtMostOnceAMinute) {
  const Session session = SessionOfAPerson();
  EXPECT_FALSE(AfterUse(session, kRule, kStart + 59s).has_value());
  const auto used = AfterUse(session, kRule, kStart + 60s);
  ASSERT_TRUE(used.has_value());
  EXPECT_EQ(used->last_used_time, kStart + 60s);
  EXPECT_EQ(used->expire_time, kStart + 60s + 1h);
  EXPECT_FALSE(AfterUse(*used, kRule, kStart + 100s).has_value());
}

TEST(Session, OfAnApiClientEndsWithItsLifetimeHoweverMuchItIsUsed) {
  const Session token = NewToken(Id<Session>("session_1"), "client_1", 90s, kStart);
  EXPECT_EQ(AfterUse(token, kRule, kStart + 80s)->expire_time, kStart + 90s);
  EXPECT_TRUE(CheckInForce(token, kStart + 90s).error().Is(kSessionExpired));
}

TEST(Session, OfADeviceEndsOnlyByBeingRevoked) {
  const Session token = NewDeviceSession(Id<Session>("session_1"), "device_1", kStart);
  EXPECT_TRUE(CheckInForce(token, kStart + 24h * 3650).has_value());
  EXPECT_FALSE(AfterUse(token, kRule, kStart + 2h)->expire_time.has_value());
}

TEST(Assertion, NeverOutlivesItsSession) {
  EXPECT_EQ(AssertionEnd(SessionOfAPerson(), 60s, kStart), kStart + 60s);
  EXPECT_EQ(AssertionEnd(SessionOfAPerson(), 60s, kStart + 1h - 5s), kStart + 1h);
  EXPECT_EQ(AssertionEnd(NewToken(Id<Session>("session_1"), "client_1", 1s, kStart), 60s, kStart),
            kStart + 1s);
  EXPECT_EQ(AssertionEnd(NewDeviceSession(Id<Session>("session_1"), "device_1", kStart), 60s, kStart),
            kStart + 60s);
}

TEST(Tries, AreHeldUpAfterTenWithinAMinute) {
  std::vector<Instant> tries;
  for (int i = 0; i < 9; ++i) tries.push_back(kStart + seconds(i));
  EXPECT_EQ(RetryTime(tries, kStart + 10s), std::nullopt);
  tries.push_back(kStart + 9s);
  EXPECT_EQ(RetryTime(tries, kStart + 10s), kStart + 60s);
  EXPECT_EQ(RetryTime(tries, kStart + 60s - 1us), kStart + 60s);
  EXPECT_EQ(RetryTime(tries, kStart + 60s), std::nullopt);
  tries.push_back(kStart + 60s);
  EXPECT_EQ(RetryTime(tries, kStart + 60s), kStart + 61s);
}

TEST(Tries, OfAPersonAndOfAClientAreCountedApart) {
  EXPECT_NE(PersonTryDigest("client_1"), ApiClientTryDigest("client_1"));
  EXPECT_EQ(PersonTryDigest("an").size(), 32u);
}

TEST(Secret, IsItsKindAndThirtyTwoRandomBytes) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const Secret secret = NewSecret(kSessionPrefix);
    EXPECT_TRUE(LooksLikeToken(secret.text)) << secret.text;
    EXPECT_EQ(secret.digest, DigestOf(secret.text));
    EXPECT_EQ(
        secret.text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"),
        std::string::npos);
    seen.insert(secret.text);
  }
  EXPECT_EQ(seen.size(), 100u);
}

TEST(Secret, ThatBearsNobodyIsNotLookedFor) {
  EXPECT_FALSE(LooksLikeToken(""));
  EXPECT_FALSE(LooksLikeToken("bg_session_"));
  EXPECT_FALSE(LooksLikeToken(NewSecret(kClientSecretPrefix).text));
  EXPECT_FALSE(LooksLikeToken(NewSecret(kTokenPrefix).text + "x"));
  EXPECT_FALSE(LooksLikeToken("eyJhbGciOiJub25lIn0.e30."));
}

TEST(OneTimePassword, IsFourGroupsThatNobodyMistakes) {
  const std::string password = NewOneTimePassword();
  EXPECT_EQ(password.size(), 23u);
  EXPECT_EQ(password.find_first_of("il1oO"), std::string::npos) << password;
  for (const size_t at : {5u, 11u, 17u}) EXPECT_EQ(password[at], '-');
  EXPECT_NE(password, NewOneTimePassword());
}

}  // namespace
}  // namespace bordergate::identity
