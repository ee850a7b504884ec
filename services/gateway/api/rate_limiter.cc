#include "services/gateway/api/rate_limiter.h"

#include <cmath>

namespace bordergate::gateway {
namespace {

const std::string kEverybodyElse = "*";

}  // namespace

double RateLimiter::TokensAt(const Bucket& bucket, SteadyInstant now) const {
  const double elapsed_s = std::chrono::duration<double>(now - bucket.filled_at).count();
  return std::min(rule_.burst, bucket.tokens + std::max(0.0, elapsed_s) * rule_.per_second);
}

RateLimiter::Answer RateLimiter::Describe(double tokens, bool allowed) const {
  Answer answer;
  answer.allowed = allowed;
  answer.limit = static_cast<int>(rule_.burst);
  answer.window = seconds(static_cast<int64_t>(std::ceil(rule_.burst / rule_.per_second)));
  answer.remaining = static_cast<int>(tokens);
  answer.reset = seconds(static_cast<int64_t>(std::ceil((rule_.burst - tokens) / rule_.per_second)));
  if (!allowed) {
    answer.retry_after =
        seconds(std::max<int64_t>(1, static_cast<int64_t>(std::ceil((1 - tokens) / rule_.per_second))));
  }
  return answer;
}

void RateLimiter::ForgetFull(SteadyInstant now) {
  std::erase_if(buckets_, [&](const auto& entry) { return TokensAt(entry.second, now) >= rule_.burst; });
}

RateLimiter::Answer RateLimiter::Take(const std::string& caller, SteadyInstant now) {
  const std::lock_guard lock(mutex_);
  auto found = buckets_.find(caller);
  if (found == buckets_.end()) {
    if (buckets_.size() >= callers_max_) ForgetFull(now);
    const std::string& key = buckets_.size() >= callers_max_ ? kEverybodyElse : caller;
    found = buckets_.try_emplace(key, Bucket{rule_.burst, now}).first;
  }
  Bucket& bucket = found->second;
  bucket.tokens = TokensAt(bucket, now);
  bucket.filled_at = now;
  if (bucket.tokens < 1) return Describe(bucket.tokens, false);
  bucket.tokens -= 1;
  return Describe(bucket.tokens, true);
}

RateLimiter::Answer RateLimiter::Look(const std::string& caller, SteadyInstant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = buckets_.find(caller);
  const double tokens = found == buckets_.end() ? rule_.burst : TokensAt(found->second, now);
  return Describe(tokens, tokens >= 1);
}

}  // namespace bordergate::gateway
