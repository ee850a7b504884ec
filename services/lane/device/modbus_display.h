// A display over Modbus TCP (libmodbus): its text stands in holding registers (display_map.h), written by
// function 16 and read back by function 3.
//
// One call at a time. Nothing is looked up on the way: the host is an address.
#pragma once

#include <vector>

#include "services/lane/device/display_map.h"
#include "services/lane/device/modbus_line.h"

namespace bordergate::lane {

class ModbusDisplay final : public Display {
 public:
  ModbusDisplay(ModbusAddress address, DisplayMap map);

  Result<void> Show(const DisplayMessage& message) override;

 private:
  Result<void> ShowLine(const DisplayMap::Line& line, const std::vector<uint16_t>& registers);
  Result<std::vector<uint16_t>> ReadLine(const DisplayMap::Line& line, size_t count);

  const DisplayMap map_;
  ModbusLine line_;
};

}  // namespace bordergate::lane
