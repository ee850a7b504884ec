// Registers that stay as they were written.
#pragma once

#include <mutex>

#include "services/simulator/domain/barrier_port.h"

namespace bordergate::simulator {

class FakeBarrierPort final : public BarrierPort {
 public:
  Registers Read() override {
    const std::lock_guard lock(mutex_);
    return registers_;
  }
  void WriteCoil(Coil coil, bool on) override {
    const std::lock_guard lock(mutex_);
    registers_.coils[coil] = on;
  }

  void SetInput(Input input, bool on) {
    const std::lock_guard lock(mutex_);
    registers_.inputs[input] = on;
  }
  void SetFault(Fault fault, bool on) {
    const std::lock_guard lock(mutex_);
    registers_.faults.Set(fault, on);
  }

 private:
  std::mutex mutex_;
  Registers registers_;
};

}  // namespace bordergate::simulator
