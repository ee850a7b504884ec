#include "services/camera/domain/look_order.h"

#include <algorithm>

namespace bordergate::camera {

std::optional<size_t> NextLook(std::span<const WaitingLook> waiting) {
  const auto due = [](const WaitingLook& look) {
    return look.since + (look.yields ? kYieldMax : milliseconds(0));
  };
  const auto next = std::ranges::min_element(waiting, {}, due);
  if (next == waiting.end()) return std::nullopt;
  return static_cast<size_t>(next - waiting.begin());
}

}  // namespace bordergate::camera
