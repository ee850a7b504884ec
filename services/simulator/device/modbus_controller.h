// A barrier controller on the network: a Modbus TCP server (libmodbus) over the registers of one lane's
// world.
//
// Several clients may be connected; requests are answered one after the other, as a small controller does.
// Function codes 1, 2, 3, 5, 15 and 16 work; any other address or function gets the exception the standard
// has for it. The registers are written as the whole block of commands or not at all; a write that the
// barrier refuses, by the block's token, gets ILLEGAL DATA VALUE. A request for another unit gets GATEWAY
// TARGET FAILED TO RESPOND. Faults of the network (see fault.h) take effect within 100 ms.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/result.h"
#include "services/simulator/domain/barrier_port.h"

typedef struct _modbus modbus_t;                    // NOLINT(bugprone-reserved-identifier): its maker's name
typedef struct _modbus_mapping_t modbus_mapping_t;  // NOLINT(bugprone-reserved-identifier): its maker's name

namespace bordergate::simulator {

class ModbusController {
 public:
  // Listens at once and serves until destruction, on a thread of its own.
  //   host      an address, for example "127.0.0.1"
  //   port      0 takes a free one
  //   barrier   outlives the controller
  //   errors    CONTROLLER_PORT_TAKEN
  static Result<std::unique_ptr<ModbusController>> Start(const std::string& host, int port, int unit_id,
                                                         BarrierPort& barrier);
  ~ModbusController();
  ModbusController(const ModbusController&) = delete;
  ModbusController& operator=(const ModbusController&) = delete;

  int port() const { return port_; }
  // Requests answered since the start.
  int64_t request_count() const { return request_count_; }

 private:
  struct FreeContext {
    void operator()(modbus_t* context) const;
  };
  struct FreeMapping {
    void operator()(modbus_mapping_t* mapping) const;
  };

  ModbusController(std::string host, int port, int unit_id, BarrierPort& barrier);
  Result<void> Listen();
  void HangUp();
  void Run();
  void Accept();
  // False: the client is to be closed.
  bool Serve(int client);
  bool Answer(const std::vector<uint8_t>& request);
  int Take(const std::vector<uint8_t>& request, const BarrierPort::Registers& registers);
  void Show(const BarrierPort::Registers& registers);
  bool WaitForStop(int timeout_ms) const;

  const std::string host_;
  int port_;
  const int unit_id_;
  BarrierPort& barrier_;
  std::unique_ptr<modbus_t, FreeContext> context_;
  std::unique_ptr<modbus_mapping_t, FreeMapping> mapping_;
  int listener_ = -1;
  std::vector<int> clients_;
  int stop_event_ = -1;
  std::atomic<int64_t> request_count_ = 0;
  std::thread thread_;
};

}  // namespace bordergate::simulator
