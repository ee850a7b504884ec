#include "services/lane/device/modbus_line.h"

#include <cerrno>
#include <utility>

#include <fmt/format.h>
#include <modbus.h>

namespace bordergate::lane {

void ModbusLine::Free::operator()(modbus_t* context) const {
  modbus_close(context);
  modbus_free(context);
}

ModbusLine::ModbusLine(ModbusAddress address, const Reason& unreachable)
    : address_(std::move(address)), unreachable_(unreachable) {}

ModbusLine::~ModbusLine() = default;

Result<void> ModbusLine::Open() {
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

Error ModbusLine::Lost(const char* doing) {
  const int code = errno;
  connection_.reset();
  return Error(unreachable_, fmt::format("cannot {}: {}", doing, modbus_strerror(code)));
}

}  // namespace bordergate::lane
