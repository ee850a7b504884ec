// A barrier controller as a Modbus TCP server on a free port of the loopback interface, moving a LaneModel in
// real time. Its map is register_maps/simulated.toml, and by coils kCoilMap (coil_map.h). For tests of the
// driver and for measurements; the product's simulator is a program of its own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "services/lane/device/command_block.h"
#include "services/lane/testing/lane_model.h"

typedef struct _modbus_mapping_t modbus_mapping_t;  // NOLINT(bugprone-reserved-identifier): its maker's name

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
  // Waits until the model is as wanted; the test's own time limit ends it otherwise.
  template <class Fits>
  void Wait(Fits fits) {
    std::unique_lock lock(mutex_);
    stepped_.wait(lock, [&] { return fits(model_); });
  }
  // The same, for this long at the most. True: it is as wanted.
  template <class Fits>
  bool WaitFor(milliseconds span, Fits fits) {
    std::unique_lock lock(mutex_);
    return stepped_.wait_for(lock, span, [&] { return fits(model_); });
  }
  // How its inputs are wired: from what the lane is like to what it says. Called on the server's thread.
  void Wire(std::function<BarrierInputs(BarrierInputs)> wiring) {
    const std::lock_guard lock(mutex_);
    wiring_ = std::move(wiring);
  }
  // Called on the server's thread at every raise pulse, right after it was taken.
  void OnRaise(std::function<void()> on_raise) { on_raise_ = std::move(on_raise); }
  // What fault kSpoiled does to an answer, header and all; set before it. On the server's thread.
  void OnAnswer(std::function<void(std::vector<uint8_t>& answer)> spoil) { spoil_ = std::move(spoil); }
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
    kWrongUnit,         // answers as another unit
    kShortAnswer,       // half an answer
    kSpoiled,           // see OnAnswer
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
  std::condition_variable stepped_;
  LaneModel model_;
  std::function<void()> on_raise_;
  std::function<void(std::vector<uint8_t>&)> spoil_;
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
