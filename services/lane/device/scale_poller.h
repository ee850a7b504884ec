// Asks a lane's scale again and again and tells the lane what it says; nothing while the scale is silent. A
// thread of its own.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "libs/core/clock.h"
#include "services/lane/domain/scale.h"

namespace bordergate::lane {

class ScalePoller {
 public:
  //   listener   lives longer
  ScalePoller(std::unique_ptr<Scale> scale, WeightListener& listener, milliseconds interval);
  ~ScalePoller();
  ScalePoller(const ScalePoller&) = delete;
  ScalePoller& operator=(const ScalePoller&) = delete;

 private:
  void Run();

  const std::unique_ptr<Scale> scale_;
  WeightListener& listener_;
  const milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bordergate::lane
