// A display over Modbus TCP (libmodbus): its text stands in holding registers (display_map.h), written by
// function 16 and read back by function 3.
//
// One call at a time. Nothing is looked up on the way: the host is an address.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "services/lane/device/display_map.h"

typedef struct _modbus modbus_t;  // NOLINT(bugprone-reserved-identifier): its maker's name

namespace bordergate::lane {

struct DisplayAddress {
  std::string host;
  int port = 502;
  int unit_id = 1;
  milliseconds timeout{300};  // for one answer, and for a connection
};

class ModbusDisplay final : public Display {
 public:
  ModbusDisplay(DisplayAddress address, DisplayMap map);
  ~ModbusDisplay() override;
  ModbusDisplay(const ModbusDisplay&) = delete;
  ModbusDisplay& operator=(const ModbusDisplay&) = delete;

  Result<void> Show(const DisplayMessage& message) override;

 private:
  Result<void> Connect();
  Result<void> ShowLine(const DisplayMap::Line& line, const std::vector<uint16_t>& registers);
  Result<std::vector<uint16_t>> ReadLine(const DisplayMap::Line& line, size_t count);
  Error Lost(const char* doing);

  struct Free {
    void operator()(modbus_t* context) const;
  };
  const DisplayAddress address_;
  const DisplayMap map_;
  std::unique_ptr<modbus_t, Free> connection_;
};

}  // namespace bordergate::lane
