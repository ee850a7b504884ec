// A barrier controller over Modbus TCP (libmodbus).
//
// One connection a controller, used by one request at a time: the polling thread's, or a pulse that waits for
// it. A pulse is written once; when no good answer comes the connection is dropped and the answer is
// "unknown", and the switches tell. Modbus itself has no proof of who asks: the controller must stand on a
// network of its own with this program alone.
//
// Safe for use by several threads.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "services/lane/device/register_map.h"
#include "services/lane/domain/barrier.h"

typedef struct _modbus modbus_t;

namespace bordergate::lane {

struct ModbusSettings {
  std::string host;  // an address, not a name: nothing is looked up on the way
  int port = 502;
  int unit_id = 1;
  milliseconds timeout{300};             // for one answer, and for a connection
  milliseconds reconnect_first{200};     // pause after a lost connection; doubles …
  milliseconds reconnect_longest{2000};  // … up to this
  milliseconds heartbeat{1000};          // the heartbeat coil changes this often
};

class ModbusBarrier final : public Barrier {
 public:
  ModbusBarrier(ModbusSettings settings, RegisterMap map, const Clock& clock);
  ~ModbusBarrier() override;
  ModbusBarrier(const ModbusBarrier&) = delete;
  ModbusBarrier& operator=(const ModbusBarrier&) = delete;

  Sent Raise() override;
  Sent RequestLower() override;
  void ShowLight(bool green) override { green_ = green; }

  // Reads all inputs, connecting first when need be, and writes heartbeat and lights when they are due.
  //   errors   BARRIER_UNREACHABLE
  //   blocks   up to three time-outs; at once while it waits to connect again
  Result<BarrierInputs> Poll();

 private:
  Result<void> Connect();
  Result<bool> OutputsKept();
  Result<std::vector<bool>> ReadBits();
  Result<void> WriteOutputs();
  Result<void> WriteCoil(int address, bool value);
  Sent Pulse(int address);
  bool PeerIsThere() const;
  Error Lost(const char* doing);

  struct Free {
    void operator()(modbus_t* context) const;
  };

  const ModbusSettings settings_;
  const RegisterMap map_;
  const Clock& clock_;
  std::atomic<bool> green_ = false;

  std::mutex mutex_;  // one request at a time
  std::unique_ptr<modbus_t, Free> connection_;
  SteadyInstant connect_again_at_{};
  milliseconds reconnect_pause_{};
  bool outputs_kept_ = true;
  std::optional<bool> green_written_;
  bool heartbeat_value_ = false;
  SteadyInstant heartbeat_at_{};
  std::optional<SteadyInstant> raise_off_at_, lower_off_at_;
};

}  // namespace bordergate::lane
