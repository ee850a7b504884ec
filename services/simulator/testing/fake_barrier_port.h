// Registers that stay as they were written.
#pragma once

#include <atomic>
#include <mutex>

#include "services/simulator/domain/barrier_port.h"

namespace bordergate::simulator {

class FakeBarrierPort final : public BarrierPort {
 public:
  Registers Read() override {
    const std::lock_guard lock(mutex_);
    return registers_;
  }
  bool WriteCoil(Coil coil, bool on) override {
    const std::lock_guard lock(mutex_);
    if (refuses) return false;
    registers_.coils[coil] = on;
    return true;
  }
  bool WriteBlock(const CommandBlock& block) override {
    const std::lock_guard lock(mutex_);
    if (refuses) return false;
    registers_.block = block;
    return true;
  }

  std::atomic<bool> refuses = false;
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
