#include "services/lane/device/scale_poller.h"

#include <utility>

namespace bordergate::lane {

ScalePoller::ScalePoller(std::unique_ptr<Scale> scale, WeightListener& listener, milliseconds interval)
    : scale_(std::move(scale)), listener_(listener), interval_(interval), thread_([this] { Run(); }) {}

ScalePoller::~ScalePoller() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void ScalePoller::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    if (const Result<Weight> weight = scale_->Read()) listener_.SeeWeight(*weight);
    lock.lock();
    stop_.wait_for(lock, interval_, [&] { return stopping_; });
  }
}

}  // namespace bordergate::lane
