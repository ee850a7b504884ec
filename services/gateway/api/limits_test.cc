// Goal: callers get their share and no more. Method: time moved by hand.
#include <gtest/gtest.h>

#include "services/gateway/api/rate_limiter.h"
#include "services/gateway/api/stream_quota.h"

namespace bordergate::gateway {
namespace {

using std::chrono::milliseconds;

const SteadyInstant kStart{std::chrono::hours(1)};

TEST(RateLimiter, AllowsABurstAndThenTheRate) {
  RateLimiter limiter({.per_second = 2, .burst = 3}, 10);
  EXPECT_EQ(limiter.Take("a", kStart).remaining, 2);
  EXPECT_TRUE(limiter.Take("a", kStart).allowed);
  EXPECT_TRUE(limiter.Take("a", kStart).allowed);
  const auto refused = limiter.Take("a", kStart);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.retry_after, seconds(1));
  EXPECT_EQ(refused.reset, seconds(2));
  EXPECT_EQ(refused.window, seconds(2));
  EXPECT_TRUE(limiter.Take("a", kStart + milliseconds(500)).allowed);
  EXPECT_FALSE(limiter.Take("a", kStart + milliseconds(500)).allowed);
}

TEST(RateLimiter, OneCallersHasteIsNobodyElsesLoss) {
  RateLimiter limiter({.per_second = 1, .burst = 1}, 10);
  EXPECT_TRUE(limiter.Take("a", kStart).allowed);
  EXPECT_FALSE(limiter.Take("a", kStart).allowed);
  EXPECT_TRUE(limiter.Take("b", kStart).allowed);
}

TEST(RateLimiter, LookingTakesNothing) {
  RateLimiter limiter({.per_second = 1, .burst = 1}, 10);
  EXPECT_TRUE(limiter.Look("a", kStart).allowed);
  EXPECT_TRUE(limiter.Take("a", kStart).allowed);
  EXPECT_FALSE(limiter.Look("a", kStart).allowed);
}

TEST(RateLimiter, ManyCallersDoNotMakeItGrow) {
  RateLimiter limiter({.per_second = 1, .burst = 2}, 2);
  EXPECT_TRUE(limiter.Take("a", kStart).allowed);
  EXPECT_TRUE(limiter.Take("b", kStart).allowed);
  // No place left: the others share one bucket.
  EXPECT_TRUE(limiter.Take("c", kStart).allowed);
  EXPECT_TRUE(limiter.Take("d", kStart).allowed);
  EXPECT_FALSE(limiter.Take("e", kStart).allowed);
  // Those that are full again are forgotten.
  EXPECT_EQ(limiter.Take("f", kStart + seconds(10)).remaining, 1);
}

TEST(StreamQuota, CountsEachCallerAndAll) {
  StreamQuota quota(2, 3);
  EXPECT_TRUE(quota.Enter("a"));
  EXPECT_TRUE(quota.Enter("a"));
  EXPECT_FALSE(quota.Enter("a"));
  EXPECT_TRUE(quota.Enter("b"));
  EXPECT_FALSE(quota.Enter("b"));  // all places are taken
  quota.Leave("a");
  EXPECT_TRUE(quota.Enter("b"));
  EXPECT_EQ(quota.total(), 3);
}

}  // namespace
}  // namespace bordergate::gateway
