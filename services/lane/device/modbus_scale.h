// A weighing indicator over Modbus TCP (libmodbus): its registers (scale_map.h) are read at once, and an
// answer is believed only when every byte that the request determines is the right one (modbus_exchange.h).
//
// One call at a time. Nothing is looked up on the way: the host is an address.
#pragma once

#include <memory>
#include <string>

#include "libs/core/clock.h"
#include "services/lane/device/scale_map.h"

typedef struct _modbus modbus_t;  // NOLINT(bugprone-reserved-identifier): its maker's name

namespace bordergate::lane {

struct ScaleAddress {
  std::string host;
  int port = 502;
  int unit_id = 1;
  milliseconds timeout{300};  // for one answer, and for a connection
};

class ModbusScale final : public Scale {
 public:
  ModbusScale(ScaleAddress address, ScaleMap map);
  ~ModbusScale() override;
  ModbusScale(const ModbusScale&) = delete;
  ModbusScale& operator=(const ModbusScale&) = delete;

  Result<Weight> Read() override;

 private:
  Result<void> Connect();
  Error Lost(const char* doing);

  struct Free {
    void operator()(modbus_t* context) const;
  };
  const ScaleAddress address_;
  const ScaleMap map_;
  std::unique_ptr<modbus_t, Free> connection_;
};

}  // namespace bordergate::lane
