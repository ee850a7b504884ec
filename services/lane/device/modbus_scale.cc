#include "services/lane/device/modbus_scale.h"

#include <cerrno>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <modbus.h>

#include "services/lane/device/modbus_exchange.h"

namespace bordergate::lane {

void ModbusScale::Free::operator()(modbus_t* context) const {
  modbus_close(context);
  modbus_free(context);
}

ModbusScale::ModbusScale(ScaleAddress address, ScaleMap map)
    : address_(std::move(address)), map_(std::move(map)) {}

ModbusScale::~ModbusScale() = default;

Result<void> ModbusScale::Connect() {
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

Result<Weight> ModbusScale::Read() {
  BG_TRY(Connect());
  std::vector<uint16_t> registers(static_cast<size_t>(map_.count()));
  const auto read = map_.input_registers ? exchange::ReadInputRegisters : exchange::ReadHoldingRegisters;
  if (read(connection_.get(), map_.first(), map_.count(), registers.data()) != map_.count())
    return Lost("read the weight");
  return map_.Read(registers);
}

// After a wrong or missing answer the next one could belong to an earlier request.
Error ModbusScale::Lost(const char* doing) {
  const int code = errno;
  connection_.reset();
  return Error(kScaleUnreachable, fmt::format("cannot {}: {}", doing, modbus_strerror(code)));
}

}  // namespace bordergate::lane
