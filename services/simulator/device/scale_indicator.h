// The scale of one lane on the network: a RegisterDevice whose input registers tell what stands on the
// platform, by the map "simulated": status (bit 0 stable, 1 overload, 2 under range, 3 tared, 4 fault), then
// the gross weight in kilograms, two registers, the high one first.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "services/simulator/device/register_device.h"
#include "services/simulator/domain/scale.h"

namespace bordergate::simulator {

class ScaleIndicator {
 public:
  // As RegisterDevice::Start.
  //   sight   what stands on the platform now; called on the device's own thread
  static Result<std::unique_ptr<ScaleIndicator>> Start(const std::string& host, int port, int unit_id,
                                                       std::function<ScaleSight()> sight);

  int port() const { return device_->port(); }

 private:
  explicit ScaleIndicator(std::unique_ptr<RegisterDevice> device) : device_(std::move(device)) {}

  const std::unique_ptr<RegisterDevice> device_;
};

}  // namespace bordergate::simulator
