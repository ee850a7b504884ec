#include "services/lane/device/modbus_display.h"

#include <utility>

#include <fmt/format.h>
#include <modbus.h>

namespace bordergate::lane {

ModbusDisplay::ModbusDisplay(ModbusAddress address, DisplayMap map)
    : map_(std::move(map)), line_(std::move(address), kDisplayUnreachable) {}

Result<void> ModbusDisplay::Show(const DisplayMessage& message) {
  BG_TRY(line_.Open());
  for (const DisplayMap::Line& line : map_.lines) BG_TRY(ShowLine(line, map_.Encode(line, message)));
  return {};
}

// Written only when something else stands there: some displays flicker at every write.
Result<void> ModbusDisplay::ShowLine(const DisplayMap::Line& line, const std::vector<uint16_t>& registers) {
  if (BG_TRY(ReadLine(line, registers.size())) == registers) return {};
  const int count = static_cast<int>(registers.size());
  if (modbus_write_registers(line_.get(), line.first, count, registers.data()) != count)
    return line_.Lost("write a line");
  if (BG_TRY(ReadLine(line, registers.size())) != registers) {
    return Error(kDisplayUnreachable, fmt::format("the display does not keep the line at {}", line.first));
  }
  return {};
}

Result<std::vector<uint16_t>> ModbusDisplay::ReadLine(const DisplayMap::Line& line, size_t count) {
  std::vector<uint16_t> registers(count);
  const int wanted = static_cast<int>(count);
  if (modbus_read_registers(line_.get(), line.first, wanted, registers.data()) != wanted)
    return line_.Lost("read a line");
  return registers;
}

}  // namespace bordergate::lane
