// The display of one lane on the network: a RegisterDevice that keeps what is written to its holding
// registers, by the map "simulated": text in UTF-16, one unit a register. Lines of 16, 16, 16 and 12
// characters, one after the other: Vietnamese, Chinese, English, plate.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/simulator/device/register_device.h"

namespace bordergate::simulator {

class DisplayPanel {
 public:
  // As RegisterDevice::Start.
  static Result<std::unique_ptr<DisplayPanel>> Start(const std::string& host, int port, int unit_id);

  int port() const { return device_->port(); }
  // What stands on it, line by line, without the spaces at the ends.
  std::vector<std::string> Lines() const;

 private:
  explicit DisplayPanel(std::unique_ptr<RegisterDevice> device) : device_(std::move(device)) {}

  const std::unique_ptr<RegisterDevice> device_;
};

}  // namespace bordergate::simulator
