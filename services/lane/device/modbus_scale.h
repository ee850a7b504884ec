// A weighing indicator over Modbus TCP (libmodbus): its registers (scale_map.h) are read at once, and an
// answer is believed only when every byte that the request determines is the right one (modbus_exchange.h).
//
// One call at a time. Nothing is looked up on the way: the host is an address.
#pragma once

#include "services/lane/device/modbus_line.h"
#include "services/lane/device/scale_map.h"

namespace bordergate::lane {

class ModbusScale final : public Scale {
 public:
  ModbusScale(ModbusAddress address, ScaleMap map);

  Result<Weight> Read() override;

 private:
  const ScaleMap map_;
  ModbusLine line_;
};

}  // namespace bordergate::lane
