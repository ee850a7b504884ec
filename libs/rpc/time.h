// google.protobuf.Timestamp <-> Instant.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include "libs/core/clock.h"

namespace bordergate::rpc {

inline google::protobuf::Timestamp ToTimestamp(Instant instant) {
  const auto whole = std::chrono::floor<seconds>(instant);
  google::protobuf::Timestamp time;
  time.set_seconds(whole.time_since_epoch().count());
  time.set_nanos(static_cast<int32_t>(std::chrono::nanoseconds(instant - whole).count()));
  return time;
}

// Any timestamp: out-of-range nanoseconds are clamped, never trusted.
inline Instant ToInstant(const google::protobuf::Timestamp& time) {
  const int64_t nanos = std::clamp<int64_t>(time.nanos(), 0, 999'999'999);
  constexpr int64_t kSecondsMax = 253'402'300'799;  // the end of year 9999, protobuf's own bound
  const int64_t whole = std::clamp<int64_t>(time.seconds(), -62'135'596'800, kSecondsMax);
  return Instant(seconds(whole)) + std::chrono::microseconds(nanos / 1000);
}

}  // namespace bordergate::rpc
