// How many requests a caller may send: a token bucket for each caller. A bucket holds `burst` tokens, a
// request takes one, and `per_second` flow in.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "libs/core/clock.h"

namespace bordergate::gateway {

struct RateRule {
  double per_second = 0;
  double burst = 0;
};

// Safe for use by several threads.
class RateLimiter {
 public:
  struct Answer {
    bool allowed = false;
    int limit = 0;          // the whole bucket
    seconds window{};       // in which a whole bucket flows in
    int remaining = 0;      // whole tokens left
    seconds reset{};        // until the bucket is full again, rounded up
    seconds retry_after{};  // until the next token, at least 1; 0 when allowed
  };

  //   callers_max   buckets kept; beyond it those that are full again are forgotten, then everybody new
  //   shares one
  RateLimiter(RateRule rule, size_t callers_max) : rule_(rule), callers_max_(callers_max) {}

  // Takes a token of the caller's, if it has one.
  Answer Take(const std::string& caller, SteadyInstant now);
  // What Take would say, without taking.
  Answer Look(const std::string& caller, SteadyInstant now) const;

 private:
  struct Bucket {
    double tokens = 0;
    SteadyInstant filled_at{};
  };
  double TokensAt(const Bucket& bucket, SteadyInstant now) const;
  Answer Describe(double tokens, bool allowed) const;
  void ForgetFull(SteadyInstant now);

  const RateRule rule_;
  const size_t callers_max_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace bordergate::gateway
