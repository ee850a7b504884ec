// Time is an argument: rules take an Instant, programs hold a Clock, tests hold a ManualClock.
//
// The wall clock says when something happened. It may jump; never measure a span or order events with it.
// Timeouts run on the steady clock, order comes from sequences.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "libs/core/result.h"

namespace bordergate {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;  // UTC
using SteadyInstant = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;
using std::chrono::seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
  virtual SteadyInstant SteadyNow() const = 0;
};

// The machine's clocks. Safe for use by several threads.
class SystemClock final : public Clock {
 public:
  Instant Now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
  SteadyInstant SteadyNow() const override { return std::chrono::steady_clock::now(); }
};

// RFC 3339 in UTC with milliseconds, for example "2026-11-22T07:05:09.250Z".
std::string FormatInstant(Instant instant);

// Reads RFC 3339 with any offset and up to nine decimals. Reason: INVALID_FIELD.
Result<Instant> ParseInstant(std::string_view text);

// A calendar day, "2026-11-22". Reason: INVALID_FIELD.
std::string FormatDay(std::chrono::sys_days day);
Result<std::chrono::sys_days> ParseDay(std::string_view text);

}  // namespace bordergate
