// A barrier controller as its network sees it: registers to read and write.
#pragma once

#include "services/simulator/domain/barrier_map.h"
#include "services/simulator/domain/fault.h"

namespace bordergate::simulator {

class BarrierPort {
 public:
  struct Registers {
    Coils coils{};
    Inputs inputs{};
    CommandBlock block;
    Faults faults;  // those of the controller's network are for the one that serves it
  };

  virtual ~BarrierPort() = default;

  // All are safe for use by several threads and take effect at once. A write that is refused changes nothing.
  virtual Registers Read() = 0;
  virtual bool WriteCoil(Coil coil, bool on) = 0;
  virtual bool WriteBlock(const CommandBlock& block) = 0;
};

}  // namespace bordergate::simulator
