// A device of a lane on the network that has registers and nothing else: a Modbus TCP server (libmodbus).
//
// Several clients may be connected. Function codes 3, 4, 6 and 16 work; an address that it does not have gets
// the exception that the standard has for it, a request for another unit GATEWAY TARGET FAILED TO RESPOND.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/result.h"

typedef struct _modbus modbus_t;
typedef struct _modbus_mapping_t modbus_mapping_t;

namespace bordergate::simulator {

class RegisterDevice {
 public:
  // All input registers as they are now; nothing: it takes the request and does not answer. Called for every
  // request, on the device's own thread.
  using Refresh = std::function<std::optional<std::vector<uint16_t>>()>;

  // Listens at once and serves until destruction, on a thread of its own.
  //   port      0 takes a free one
  //   refresh   null: its input registers stay 0
  //   errors    CONTROLLER_PORT_TAKEN
  static Result<std::unique_ptr<RegisterDevice>> Start(const std::string& host, int port, int unit_id,
                                                       int holding_count, int input_count, Refresh refresh);
  ~RegisterDevice();
  RegisterDevice(const RegisterDevice&) = delete;
  RegisterDevice& operator=(const RegisterDevice&) = delete;

  int port() const { return port_; }
  // What was written to it.
  std::vector<uint16_t> Holding(int first, int count) const;

 private:
  struct FreeContext {
    void operator()(modbus_t* context) const;
  };
  struct FreeMapping {
    void operator()(modbus_mapping_t* mapping) const;
  };

  RegisterDevice(int unit_id, int holding_count, int input_count, Refresh refresh);
  Result<void> Listen(const std::string& host, int port);
  void Run();
  // False: the client is to be closed.
  bool Serve(int client);

  const int unit_id_;
  const Refresh refresh_;
  int port_ = 0;
  mutable std::mutex mutex_;  // of the registers
  std::unique_ptr<modbus_t, FreeContext> context_;
  std::unique_ptr<modbus_mapping_t, FreeMapping> mapping_;
  int listener_ = -1;
  int stop_event_ = -1;
  std::thread thread_;
};

}  // namespace bordergate::simulator
