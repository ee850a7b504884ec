#include "services/camera/domain/clock_skew.h"

#include <algorithm>
#include <vector>

namespace bordergate::camera {

void ClockSkew::Add(Instant received, Instant stated) {
  samples_.push_back(std::chrono::duration_cast<milliseconds>(stated - received));
  if (samples_.size() > kSamples) samples_.pop_front();
}

std::optional<milliseconds> ClockSkew::skew() const {
  if (samples_.empty()) return std::nullopt;
  std::vector<milliseconds> sorted(samples_.begin(), samples_.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  return *middle;
}

}  // namespace bordergate::camera
