#include "services/simulator/device/scale_indicator.h"

namespace bordergate::simulator {
namespace {

constexpr int kScaleRegisters = 3;

std::optional<std::vector<uint16_t>> RegistersOf(const ScaleSight& sight) {
  if (sight.silent) return std::nullopt;
  const auto status = static_cast<uint16_t>(sight.stable | sight.overload << 1 | sight.tared << 3);
  const auto kg = static_cast<uint32_t>(sight.overload ? 0 : sight.kg);
  return std::vector{status, static_cast<uint16_t>(kg >> 16), static_cast<uint16_t>(kg & 0xffff)};
}

}  // namespace

Result<std::unique_ptr<ScaleIndicator>> ScaleIndicator::Start(const std::string& host, int port, int unit_id,
                                                              std::function<ScaleSight()> sight) {
  auto device = BG_TRY(RegisterDevice::Start(host, port, unit_id, 0, kScaleRegisters,
                                             [sight = std::move(sight)] { return RegistersOf(sight()); }));
  return std::unique_ptr<ScaleIndicator>(new ScaleIndicator(std::move(device)));
}

}  // namespace bordergate::simulator
