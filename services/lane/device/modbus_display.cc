#include "services/lane/device/modbus_display.h"

#include <cerrno>
#include <utility>

#include <fmt/format.h>
#include <modbus.h>

namespace bordergate::lane {

void ModbusDisplay::Free::operator()(modbus_t* context) const {
  modbus_close(context);
  modbus_free(context);
}

ModbusDisplay::ModbusDisplay(DisplayAddress address, DisplayMap map)
    : address_(std::move(address)), map_(std::move(map)) {}

ModbusDisplay::~ModbusDisplay() = default;

Result<void> ModbusDisplay::Connect() {
  if (connection_) return {};
  connection_.reset(modbus_new_tcp(address_.host.c_str(), address_.port));
  if (!connection_) return Lost("make a connection");
  const auto timeout = static_cast<uint32_t>(address_.timeout.count());
  modbus_set_response_timeout(connection_.get(), timeout / 1000, timeout % 1000 * 1000);
  modbus_set_byte_timeout(connection_.get(), timeout / 1000, timeout % 1000 * 1000);
  modbus_set_error_recovery(connection_.get(), MODBUS_ERROR_RECOVERY_NONE);
  modbus_set_slave(connection_.get(), address_.unit_id);
  if (modbus_connect(connection_.get()) != 0) return Lost("connect");
  return {};
}

Result<void> ModbusDisplay::Show(const DisplayMessage& message) {
  BG_TRY(Connect());
  for (const DisplayMap::Line& line : map_.lines) BG_TRY(ShowLine(line, map_.Encode(line, message)));
  return {};
}

// Written only when something else stands there: some displays flicker at every write.
Result<void> ModbusDisplay::ShowLine(const DisplayMap::Line& line, const std::vector<uint16_t>& registers) {
  if (BG_TRY(ReadLine(line, registers.size())) == registers) return {};
  const int count = static_cast<int>(registers.size());
  if (modbus_write_registers(connection_.get(), line.first, count, registers.data()) != count)
    return Lost("write a line");
  if (BG_TRY(ReadLine(line, registers.size())) != registers) {
    return Error(kDisplayUnreachable, fmt::format("the display does not keep the line at {}", line.first));
  }
  return {};
}

Result<std::vector<uint16_t>> ModbusDisplay::ReadLine(const DisplayMap::Line& line, size_t count) {
  std::vector<uint16_t> registers(count);
  const int wanted = static_cast<int>(count);
  if (modbus_read_registers(connection_.get(), line.first, wanted, registers.data()) != wanted)
    return Lost("read a line");
  return registers;
}

// After a wrong or missing answer the next one could belong to an earlier request.
Error ModbusDisplay::Lost(const char* doing) {
  const int code = errno;
  connection_.reset();
  return Error(kDisplayUnreachable, fmt::format("cannot {}: {}", doing, modbus_strerror(code)));
}

}  // namespace bordergate::lane
