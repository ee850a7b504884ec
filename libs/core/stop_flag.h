// Tells a thread that it shall end, and lets it wait for that instead of sleeping.
#pragma once

#include <condition_variable>
#include <mutex>

#include "libs/core/clock.h"

namespace bordergate {

// Safe for use by several threads.
class StopFlag {
 public:
  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }
  bool stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
  }
  // True when stopped, false when the time is over.
  bool WaitFor(milliseconds at_most) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, at_most, [this] { return stopped_; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool stopped_ = false;
};

}  // namespace bordergate
