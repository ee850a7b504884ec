// A clock that moves when the test says so.
#pragma once

#include <mutex>

#include "libs/core/clock.h"

namespace bordergate {

// Starts at 2026-11-22T00:00:00Z. Safe for use by several threads.
class ManualClock final : public Clock {
 public:
  Instant Now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  SteadyInstant SteadyNow() const override {
    const std::lock_guard lock(mutex_);
    return steady_now_;
  }

  // Both clocks, as time passes.
  void Advance(std::chrono::microseconds span) {
    const std::lock_guard lock(mutex_);
    now_ += span;
    steady_now_ += span;
  }
  // The wall clock alone, as when somebody sets it.
  void JumpWallClock(std::chrono::microseconds span) {
    const std::lock_guard lock(mutex_);
    now_ += span;
  }

 private:
  mutable std::mutex mutex_;
  Instant now_ = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
  SteadyInstant steady_now_{std::chrono::hours(1)};
};

}  // namespace bordergate
