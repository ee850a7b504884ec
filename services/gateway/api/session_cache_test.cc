// Goal: a session that has ended is never believed. Method: drops and answers in every order, time moved by
// hand.
#include "services/gateway/api/session_cache.h"

#include <gtest/gtest.h>

namespace bordergate::gateway {
namespace {

const Instant kNow = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);

Session MakeSession(const std::string& session_id = "session_1", const std::string& subject_id = "person_1") {
  return {.assertion = "signed",
          .session_id = session_id,
          .subject_id = subject_id,
          .expire_time = kNow + seconds(60)};
}

class Cache : public ::testing::Test {
 protected:
  Cache() { cache_.SetFollowing(true); }
  std::optional<Session> Find(const std::string& token, Instant now = kNow) {
    return cache_.Find(token, now, &generation_);
  }
  void Keep(const std::string& token, const Session& session) {
    Find(token);
    cache_.Keep(token, session, generation_, kNow);
  }
  SessionCache cache_{3};
  int64_t generation_ = 0;
};

TEST_F(Cache, KeepsASessionUntilItsAssertionEnds) {
  Keep("t", MakeSession());
  EXPECT_EQ(Find("t"), MakeSession());
  EXPECT_TRUE(Find("t", kNow + seconds(54)).has_value());
  EXPECT_FALSE(Find("t", kNow + seconds(55)).has_value());
  EXPECT_FALSE(Find("other").has_value());
}

TEST_F(Cache, DropsASessionAtOnce) {
  Keep("t1", MakeSession("session_1"));
  Keep("t2", MakeSession("session_2"));
  cache_.DropSession("session_1");
  EXPECT_FALSE(Find("t1").has_value());
  EXPECT_TRUE(Find("t2").has_value());
}

TEST_F(Cache, DropsAllSessionsOfASubject) {
  Keep("t1", MakeSession("session_1", "person_1"));
  Keep("t2", MakeSession("session_2", "person_1"));
  Keep("t3", MakeSession("session_3", "person_2"));
  cache_.DropSubject("person_1");
  EXPECT_FALSE(Find("t1").has_value());
  EXPECT_FALSE(Find("t2").has_value());
  EXPECT_TRUE(Find("t3").has_value());
}

TEST_F(Cache, DoesNotKeepAnAnswerThatMayBeOlderThanADrop) {
  Find("t");  // the question is asked
  cache_.DropSession("session_1");
  cache_.Keep("t", MakeSession("session_1"), generation_, kNow);  // and answered with what was true before
  EXPECT_FALSE(Find("t").has_value());
}

TEST_F(Cache, KeepsNothingWhileNobodyTellsOfDrops) {
  Keep("t", MakeSession());
  cache_.SetFollowing(false);
  EXPECT_FALSE(Find("t").has_value());
  Keep("t", MakeSession());
  EXPECT_FALSE(Find("t").has_value());
  cache_.SetFollowing(true);
  EXPECT_FALSE(Find("t").has_value());
}

TEST_F(Cache, NeverHoldsMoreThanItMay) {
  for (int i = 0; i < 10; ++i) Keep("t" + std::to_string(i), MakeSession("session_" + std::to_string(i)));
  EXPECT_EQ(cache_.size(), 3u);
}

}  // namespace
}  // namespace bordergate::gateway
