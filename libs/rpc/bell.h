// Wakes the streams of this process when something was committed. Streams of other copies of the service look
// once a second.
#pragma once

#include <condition_variable>
#include <mutex>

#include "libs/core/clock.h"

namespace bordergate::rpc {

class Bell {
 public:
  void Ring() {
    {
      const std::lock_guard lock(mutex_);
      ++count_;
    }
    rung_.notify_all();
  }
  int64_t count() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }
  // Returns when the bell has rung since `count`, or the time is over.
  void Wait(int64_t count, milliseconds at_most) {
    std::unique_lock lock(mutex_);
    rung_.wait_for(lock, at_most, [&] { return count_ != count; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable rung_;
  int64_t count_ = 0;
};

}  // namespace bordergate::rpc
