#include "services/lane/device/modbus_scale.h"

#include <utility>
#include <vector>

#include "services/lane/device/modbus_exchange.h"

namespace bordergate::lane {

ModbusScale::ModbusScale(ModbusAddress address, ScaleMap map)
    : map_(std::move(map)), line_(std::move(address), kScaleUnreachable) {}

Result<Weight> ModbusScale::Read() {
  BG_TRY(line_.Open());
  std::vector<uint16_t> registers(static_cast<size_t>(map_.count()));
  const auto read = map_.input_registers ? exchange::ReadInputRegisters : exchange::ReadHoldingRegisters;
  if (read(line_.get(), map_.first(), map_.count(), registers.data()) != map_.count())
    return line_.Lost("read the weight");
  return map_.Read(registers);
}

}  // namespace bordergate::lane
