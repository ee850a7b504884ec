// One point in time on both clocks: the wall clock says when, the steady clock measures how long.
//
// Frames of cameras carry wall time, so a read is bound to a vehicle by wall time. Every time-out runs on the
// steady clock.
#pragma once

#include "libs/core/clock.h"

namespace bordergate::lane {

struct Moment {
  Instant wall;
  SteadyInstant steady;
};

inline Moment NowOf(const Clock& clock) { return {clock.Now(), clock.SteadyNow()}; }

}  // namespace bordergate::lane
