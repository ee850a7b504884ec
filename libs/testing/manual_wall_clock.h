// A wall clock that moves when the test says so, beside the machine's own steady clock: for tests whose rules
// ask for the time of day while a real database keeps real deadlines.
#pragma once

#include <mutex>

#include "libs/core/clock.h"

namespace bordergate {

// Starts at 2026-11-22T00:00:00Z. Safe for use by several threads.
class ManualWallClock final : public Clock {
 public:
  Instant Now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  SteadyInstant SteadyNow() const override { return std::chrono::steady_clock::now(); }

  void Advance(std::chrono::microseconds span) {
    const std::lock_guard lock(mutex_);
    now_ += span;
  }

 private:
  mutable std::mutex mutex_;
  Instant now_ = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
};

}  // namespace bordergate
