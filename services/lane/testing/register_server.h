// A display or a scale as a Modbus TCP server on a free port of the loopback interface, that misbehaves on
// demand. For tests of the drivers; the product's simulator has its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

typedef struct _modbus_mapping_t modbus_mapping_t;

namespace bordergate::lane {

class RegisterServer {
 public:
  RegisterServer();
  ~RegisterServer();
  RegisterServer(const RegisterServer&) = delete;
  RegisterServer& operator=(const RegisterServer&) = delete;

  int port() const { return port_; }
  std::vector<uint16_t> Registers(int first, int count) const;
  int writes() const { return writes_; }
  // Holding and input registers from `first` on.
  void Set(int first, const std::vector<uint16_t>& words);
  // It was without power: everything is zero.
  void Forget();

  enum class Fault {
    kNone,
    kSilent,        // answers nothing
    kHangsUp,       // closes the connection at every request
    kKeepsNothing,  // says yes and does not keep what is written
  };
  std::atomic<Fault> fault = Fault::kNone;

 private:
  void Serve();
  // False: the client is to be closed.
  bool Answer(int client);

  mutable std::mutex mutex_;
  modbus_mapping_t* mapping_;
  int listener_ = -1;
  int port_ = 0;
  int wake_[2] = {-1, -1};
  std::atomic<int> writes_ = 0;
  std::thread thread_;
};

}  // namespace bordergate::lane
