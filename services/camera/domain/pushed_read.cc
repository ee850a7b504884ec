#include "services/camera/domain/pushed_read.h"

#include <array>

namespace bordergate::camera {

std::string_view VerdictName(PushVerdict verdict) {
  constexpr std::array<std::string_view, 5> kNames = {"AGREED", "UNCLAIMED", "CONTRADICTED", "UNCONFIRMED",
                                                      "NOTHING"};
  return kNames.at(static_cast<size_t>(verdict));
}

PushVerdict JudgePush(const std::optional<std::string>& ours, const std::optional<std::string>& claimed) {
  if (ours && claimed) return *ours == *claimed ? PushVerdict::kAgreed : PushVerdict::kContradicted;
  if (ours) return PushVerdict::kUnclaimed;
  return claimed ? PushVerdict::kUnconfirmed : PushVerdict::kNothing;
}

bool IsLatePush(Instant received, Instant stated, milliseconds late_max) {
  return std::chrono::abs(received - stated) > late_max;
}

}  // namespace bordergate::camera
