// A barrier controller as a Modbus TCP server on a free port of the loopback interface, moving a LaneModel in
// real time. Its map is register_maps/simulated.toml, and by coils kCoilMap (coil_map.h). For tests of the
// driver and for measurements; the product's simulator is a program of its own.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "services/lane/device/command_block.h"
#include "services/lane/testing/lane_model.h"

typedef struct _modbus_mapping_t modbus_mapping_t;

namespace bordergate::lane {

class ModbusController {
 public:
  explicit ModbusController(milliseconds arm_travel = milliseconds(900));
  ~ModbusController();
  ModbusController(const ModbusController&) = delete;
  ModbusController& operator=(const ModbusController&) = delete;

  int port() const { return port_; }
  // Runs with the model while nothing moves.
  template <class Work>
  auto With(Work work) {
    const std::lock_guard lock(mutex_);
    return work(model_);
  }
  // How its inputs are wired: from what the lane is like to what it says. Called on the server's thread.
  void Wire(std::function<BarrierInputs(BarrierInputs)> wiring) {
    const std::lock_guard lock(mutex_);
    wiring_ = std::move(wiring);
  }
  // Called on the server's thread at every raise pulse, right after it was taken.
  void OnRaise(std::function<void()> on_raise) { on_raise_ = std::move(on_raise); }
  int heartbeats() const { return heartbeats_; }
  int connections() const { return connections_; }
  // Blocks of commands that were refused, and the token in force.
  int refused() const { return refused_; }
  uint64_t token() const { return token_; }

  // How it misbehaves.
  enum class Fault {
    kNone,
    kSilent,            // takes requests, does nothing, answers nothing
    kActsSilently,      // does what it is told, answers nothing
    kException,         // answers every request with "server device failure"
    kWrongTransaction,  // answers with another transaction number
    kShortAnswer,       // half an answer
    kHangsUp,           // closes the connection at every request
  };
  std::atomic<Fault> fault = Fault::kNone;
  // Obeys every block of commands, as a controller without a fence would.
  std::atomic<bool> ignores_tokens = false;
  // It is replaced by a new one, which never had an owner; within a step of its clock.
  std::atomic<bool> replaced = false;

 private:
  void Serve();
  void Answer(int socket, const uint8_t* request, int length);
  bool Refuses(const uint8_t* request, int length) const;
  CommandBlock block() const;
  void Apply();

  std::mutex mutex_;
  LaneModel model_;
  std::function<void()> on_raise_;
  std::function<BarrierInputs(BarrierInputs)> wiring_;
  int listener_ = -1;
  int port_ = 0;
  int wake_[2] = {-1, -1};
  modbus_mapping_t* mapping_ = nullptr;
  bool heartbeat_ = false;
  std::atomic<int> heartbeats_ = 0;
  std::atomic<int> connections_ = 0;
  std::atomic<int> refused_ = 0;
  std::atomic<uint64_t> token_ = 0;
  uint16_t beat_ = 0;
  std::thread thread_;
};

}  // namespace bordergate::lane
