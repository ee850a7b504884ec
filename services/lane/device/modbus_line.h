// A connection to a Modbus TCP device that may come and go: opened when it is needed, dropped after whatever
// goes wrong, because the next answer could belong to an earlier request. One thread.
#pragma once

#include <memory>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/result.h"

typedef struct _modbus modbus_t;  // NOLINT(bugprone-reserved-identifier): its maker's name

namespace bordergate::lane {

struct ModbusAddress {
  std::string host;
  int port = 502;
  int unit_id = 1;
  milliseconds timeout{300};  // for one answer, and for a connection
};

class ModbusLine {
 public:
  //   unreachable   the reason of every error
  ModbusLine(ModbusAddress address, const Reason& unreachable);
  ~ModbusLine();
  ModbusLine(const ModbusLine&) = delete;
  ModbusLine& operator=(const ModbusLine&) = delete;

  Result<void> Open();
  // After Open said yes, until Lost.
  modbus_t* get() const { return connection_.get(); }
  // Drops the connection; what errno says of it, in words.
  //   doing   "read the weight"
  Error Lost(const char* doing);

 private:
  struct Free {
    void operator()(modbus_t* context) const;
  };
  const ModbusAddress address_;
  const Reason unreachable_;
  std::unique_ptr<modbus_t, Free> connection_;
};

}  // namespace bordergate::lane
