// The display of one lane on the network: a Modbus TCP server (libmodbus) that keeps what is written to its
// holding registers, by the map "simulated": text in UTF-16, one unit a register. Lines of 16, 16, 16 and 12
// characters, one after the other: Vietnamese, Chinese, English, plate.
//
// Several clients may be connected. Function codes 3, 6 and 16 work; an address that it does not have gets
// the exception that the standard has for it, a request for another unit GATEWAY TARGET FAILED TO RESPOND.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/result.h"

typedef struct _modbus modbus_t;
typedef struct _modbus_mapping_t modbus_mapping_t;

namespace bordergate::simulator {

class DisplayPanel {
 public:
  // Listens at once and serves until destruction, on a thread of its own.
  //   port     0 takes a free one
  //   errors   CONTROLLER_PORT_TAKEN
  static Result<std::unique_ptr<DisplayPanel>> Start(const std::string& host, int port, int unit_id);
  ~DisplayPanel();
  DisplayPanel(const DisplayPanel&) = delete;
  DisplayPanel& operator=(const DisplayPanel&) = delete;

  int port() const { return port_; }
  // What stands on it, line by line, without the spaces at the ends.
  std::vector<std::string> Lines() const;

 private:
  struct FreeContext {
    void operator()(modbus_t* context) const;
  };
  struct FreeMapping {
    void operator()(modbus_mapping_t* mapping) const;
  };

  explicit DisplayPanel(int unit_id);
  Result<void> Listen(const std::string& host, int port);
  void Run();
  // False: the client is to be closed.
  bool Serve(int client);

  const int unit_id_;
  int port_ = 0;
  mutable std::mutex mutex_;  // of the registers
  std::unique_ptr<modbus_t, FreeContext> context_;
  std::unique_ptr<modbus_mapping_t, FreeMapping> mapping_;
  int listener_ = -1;
  int stop_event_ = -1;
  std::thread thread_;
};

}  // namespace bordergate::simulator
