// The part of a Subscription that does not depend on its method: the thread, the pauses between tries, the
// age.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "libs/telemetry/telemetry.h"

namespace bordergate::rpc {

class SubscriptionLoop {
 public:
  SubscriptionLoop(std::string source, Telemetry& telemetry, const Clock& clock);
  ~SubscriptionLoop();
  SubscriptionLoop(const SubscriptionLoop&) = delete;
  SubscriptionLoop& operator=(const SubscriptionLoop&) = delete;

  // Runs `follow` again and again, 100 ms to 2 s apart, until Stop, which calls `cancel` to end the one that
  // runs.
  void Start(std::function<Result<void>()> follow, std::function<void()> cancel);
  void Stop();
  bool stopping() const { return stopping_; }

  void CaughtUp();
  milliseconds age() const;

 private:
  void Run();

  const std::string source_;
  Telemetry& telemetry_;
  const Clock& clock_;
  Gauge age_seconds_;
  std::function<Result<void>()> follow_;
  std::function<void()> cancel_;
  std::atomic<SteadyInstant::rep> caught_up_ = 0;  // 0: never
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace bordergate::rpc
