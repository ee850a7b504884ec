// Calls a function a few times a second, on a thread of its own, from construction until destruction.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "libs/core/clock.h"

namespace bordergate::gateway {

class Ticker {
 public:
  Ticker(milliseconds interval, std::function<void()> tick)
      : thread_([this, interval, tick = std::move(tick)] {
          std::unique_lock lock(mutex_);
          while (!stopped_.wait_for(lock, interval, [this] { return stopping_; })) {
            lock.unlock();
            tick();
            lock.lock();
          }
        }) {}
  ~Ticker() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    stopped_.notify_all();
    thread_.join();
  }
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;  // last: uses the rest
};

}  // namespace bordergate::gateway
