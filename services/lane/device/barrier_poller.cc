#include "services/lane/device/barrier_poller.h"

namespace bordergate::lane {

BarrierPoller::BarrierPoller(ModbusBarrier& barrier, BarrierListener& listener, milliseconds interval)
    : barrier_(barrier), listener_(listener), interval_(interval), thread_([this] { Run(); }) {}

BarrierPoller::~BarrierPoller() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void BarrierPoller::Run() {
  std::unique_lock lock(mutex_);
  SteadyInstant next = std::chrono::steady_clock::now();
  while (!stopping_) {
    lock.unlock();
    const Result<BarrierInputs> inputs = barrier_.Poll();
    if (inputs) {
      listener_.SeeInputs(*inputs);
    } else {
      listener_.LinkLost();
    }
    lock.lock();
    // A poll that took longer than the interval is not made up for.
    next = std::max(next + interval_, std::chrono::steady_clock::now());
    changed_.wait_until(lock, next, [this] { return stopping_; });
  }
}

}  // namespace bordergate::lane
