// How far a camera's clock is from ours. Never used to date a read: that is our own time of receipt. Pure;
// one a camera, one thread. Source: fault E6 of the fault catalogue.
#pragma once

#include <deque>
#include <optional>

#include "libs/core/clock.h"

namespace bordergate::camera {

class ClockSkew {
 public:
  // A frame received at `received` that the camera dates `stated`.
  void Add(Instant received, Instant stated);

  // Median of the last 15 frames, positive when the camera's clock is ahead; nothing when it states no time.
  // A frame that was held up on its way makes the clock look late, one alone changes nothing.
  std::optional<milliseconds> skew() const;

 private:
  static constexpr size_t kSamples = 15;
  std::deque<milliseconds> samples_;
};

}  // namespace bordergate::camera
