// Polls one controller and tells its lane what it says, also that it says nothing. A thread of its own, from
// construction until destruction.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "services/lane/device/modbus_barrier.h"

namespace bordergate::lane {

class BarrierPoller {
 public:
  BarrierPoller(ModbusBarrier& barrier, BarrierListener& listener, milliseconds interval);
  ~BarrierPoller();
  BarrierPoller(const BarrierPoller&) = delete;
  BarrierPoller& operator=(const BarrierPoller&) = delete;

 private:
  void Run();

  ModbusBarrier& barrier_;
  BarrierListener& listener_;
  const milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bordergate::lane
