// A barrier controller over Modbus TCP (libmodbus; see modbus_exchange.h for what is believed).
//
// One connection a controller, used by one request at a time: the polling thread's, or a pulse that waits for
// it. A pulse is written once; when no good answer comes the connection is dropped and the answer is
// "unknown", and the switches tell. Modbus itself has no proof of who asks: the controller must stand on a
// network of its own.
//
// A controller with a fence (register_map.h) obeys one run of one lane program: on its first connection this
// driver gives it the token that follows the one in force, and from then on whoever had it is refused. When
// this driver is refused itself, another has the barrier: it never asks again, and says so once.
//
// Safe for use by several threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "services/lane/device/command_block.h"
#include "services/lane/device/register_map.h"
#include "services/lane/domain/barrier.h"
#include "services/lane/domain/takeover.h"

typedef struct _modbus modbus_t;  // NOLINT(bugprone-reserved-identifier): its maker's name

namespace bordergate::lane {

struct ModbusSettings {
  std::string host;  // an address, not a name: nothing is looked up on the way
  int port = 502;
  int unit_id = 1;
  milliseconds timeout{300};             // for one answer, and for a connection
  milliseconds reconnect_first{200};     // pause after a lost connection; doubles …
  milliseconds reconnect_longest{2000};  // … up to this
  milliseconds heartbeat{500};           // the heartbeat changes this often
  uint32_t instance = 0;                 // of this run of the program; part of the token
};

class ModbusBarrier final : public Barrier {
 public:
  ModbusBarrier(ModbusSettings settings, RegisterMap map, const Clock& clock);
  ~ModbusBarrier() override;
  ModbusBarrier(const ModbusBarrier&) = delete;
  ModbusBarrier& operator=(const ModbusBarrier&) = delete;

  // After another has taken the barrier both say kNo.
  Sent Raise() override;
  Sent RequestLower() override;
  void ShowLight(bool green) override { green_ = green; }

  // Called once, on the thread that was refused, when another has taken the barrier. Set before the first
  // call.
  void OnTaken(std::function<void()> on_taken) { on_taken_ = std::move(on_taken); }
  // Called with each token before it is first given to the controller. Set before the first call.
  void OnToken(std::function<void(uint64_t token)> on_token) { on_token_ = std::move(on_token); }
  // Takes the barrier only from the owner of this token; without it, from whoever has it. Before the first
  // Poll.
  void TakeFrom(uint64_t token) { take_from_ = token; }
  bool fenced() const { return map_.fence.has_value(); }
  // The token given to the controller; 0 before.
  uint64_t token() const { return token_; }

  // Who owns it, without touching it. For a program that has not taken the barrier.
  //   errors   BARRIER_UNREACHABLE
  Result<FenceView> LookAtFence();
  // The heartbeat that it holds, without touching it; nothing when the map names none.
  //   errors   BARRIER_UNREACHABLE
  Result<std::optional<uint16_t>> LookAtHeart();
  // Gives the barrier, under the token that follows, to the run of this instance, as if it had never been
  // taken from it; 0: to nobody. From then on this driver asks for nothing. True when the controller has
  // taken it.
  bool GiveTo(uint32_t instance, bool standby_in_step);
  // Tells the controller, now, whether the standby has everything. That it has not any more comes with a new
  // token, so that a standby that has seen the old one comes too late. True when the controller has taken it;
  // otherwise it is told with the next connection.
  bool TellStandbyInStep(bool in_step);

  // Reads all inputs, connecting first when need be, and writes heartbeat and lights when they are due.
  //   errors   BARRIER_UNREACHABLE
  //   blocks   up to three time-outs; at once while it waits to connect again
  Result<BarrierInputs> Poll();

 private:
  Result<void> Connect();
  Result<void> OpenConnection();
  Result<void> Claim();
  void SetToken(uint64_t token);
  Result<CommandBlock> ReadBlock();
  // One block with this command. kNo: refused; another has the barrier.
  Sent WriteBlock(CommandBlock::Command command);
  Result<bool> OutputsKept();
  Result<std::vector<bool>> ReadBits();
  Result<void> WriteOutputs();
  Result<void> WriteCoil(int address, bool value);
  Sent Pulse(CommandBlock::Command command);
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
  std::atomic<uint64_t> token_ = 0;
  std::atomic<bool> taken_ = false;
  std::atomic<bool> standby_in_step_ = false;
  uint16_t beat_ = 0;
  std::function<void()> on_taken_;
  std::function<void(uint64_t)> on_token_;
  std::optional<uint64_t> take_from_;
};

}  // namespace bordergate::lane
