#include "libs/rpc/subscription_loop.h"

#include <algorithm>

namespace bordergate::rpc {
namespace {

constexpr milliseconds kPauseFirst{100};
constexpr milliseconds kPauseLongest{2000};

}  // namespace

SubscriptionLoop::SubscriptionLoop(std::string source, Telemetry& telemetry, const Clock& clock)
    : source_(std::move(source)),
      telemetry_(telemetry),
      clock_(clock),
      age_seconds_(telemetry.metrics.NewGauge("source_caught_up_seconds",
                                              "Uptime at which a source was last fully applied",
                                              {{"source", source_}})) {}

SubscriptionLoop::~SubscriptionLoop() { Stop(); }

void SubscriptionLoop::Start(std::function<Result<void>()> follow, std::function<void()> cancel) {
  follow_ = std::move(follow);
  cancel_ = std::move(cancel);
  thread_ = std::thread([this] { Run(); });
}

void SubscriptionLoop::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (!thread_.joinable()) return;
  cancel_();
  thread_.join();
}

void SubscriptionLoop::CaughtUp() {
  caught_up_ = clock_.SteadyNow().time_since_epoch().count();
  age_seconds_.Set(std::chrono::duration<double>(clock_.SteadyNow().time_since_epoch()).count());
}

milliseconds SubscriptionLoop::age() const {
  const auto caught_up = caught_up_.load();
  if (caught_up == 0) return milliseconds::max();
  return std::chrono::duration_cast<milliseconds>(clock_.SteadyNow() -
                                                  SteadyInstant(SteadyInstant::duration(caught_up)));
}

void SubscriptionLoop::Run() {
  milliseconds pause = kPauseFirst;
  bool reported = false;
  while (!stopping_) {
    const SteadyInstant start = clock_.SteadyNow();
    const Result<void> end = follow_();
    if (stopping_) return;
    // A stream that lived for a while was healthy: the next try comes soon and a new break is reported again.
    if (clock_.SteadyNow() - start > kPauseLongest) {
      pause = kPauseFirst;
      reported = false;
    }
    if (!end && !reported) {
      telemetry_.log.Warning("subscription.broken", end.error().message(),
                             {{"source", source_}, {"reason", end.error().reason()}});
      reported = true;
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, pause, [this] { return stopping_.load(); });
    pause = std::min(pause * 2, kPauseLongest);
  }
}

}  // namespace bordergate::rpc
