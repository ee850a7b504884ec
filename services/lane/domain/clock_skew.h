// How far this machine's wall clock stands from the centre's, from the times of events that have just
// happened there.
//
// An event cannot come from the future: when it seems to, this clock is behind. One that seems old was
// perhaps long on its way, so that only several of one source say that this clock is ahead. Between two
// events the steady clock goes on, so that a wall clock that is set is noticed at once, also while the centre
// is away. Sources may have clocks of their own: the one that agrees best counts. Pure; not safe for use by
// several threads.
#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <optional>

#include "services/lane/domain/moment.h"

namespace bordergate::lane {

class ClockSkew {
 public:
  static constexpr size_t kSources = 4;

  // An event of a source, number 0 to 3, that happened at `event_time` by the source's clock and came at
  // once.
  void Saw(size_t source, Instant event_time, Moment received);

  // This clock's time less the centre's; positive: ahead. Nothing: no source was heard of.
  std::optional<milliseconds> Estimate(Moment now) const;

 private:
  struct Sample {
    std::chrono::microseconds lag;  // of the event, as it seemed
    std::chrono::nanoseconds wall_less_steady;
  };
  std::array<std::deque<Sample>, kSources> samples_;
};

}  // namespace bordergate::lane
