// Calls that wait for their answer: how many, and when there are none.
#pragma once

#include <condition_variable>
#include <limits>
#include <mutex>

namespace bordergate::gateway {

// Held by whoever waits for an answer, so that it outlives the one that asked. Safe for use by several
// threads.
class CallCount {
 public:
  // False when `calls_max` wait already. Each true is given back by Leave, last of all.
  bool Enter(int calls_max = std::numeric_limits<int>::max()) {
    const std::lock_guard lock(mutex_);
    if (open_ >= calls_max) return false;
    ++open_;
    return true;
  }
  void Leave() {
    const std::lock_guard lock(mutex_);
    if (--open_ == 0) none_.notify_all();
  }
  void WaitUntilNone() {
    std::unique_lock lock(mutex_);
    none_.wait(lock, [this] { return open_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  int open_ = 0;
};

}  // namespace bordergate::gateway
