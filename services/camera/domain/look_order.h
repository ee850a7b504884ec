// Whose look is next on the few threads that look. Frames of front cameras, and of those that look for slips,
// name the truck: they go first. What further cameras show, plates and container numbers, are witnesses of
// it; a look for them costs as much as one in front (a container's number twice as much), so it yields, but
// not for longer than `kYieldMax`: from then on it is due as if it had just come from the front.
#pragma once

#include <optional>
#include <span>

#include "libs/core/clock.h"

namespace bordergate::camera {

// A lane waits 1.5 s for its witnesses (lane's identify.witness_wait_ms), and one counts when two frames say
// the same: two looks that yielded so long are both done by then.
inline constexpr milliseconds kYieldMax{500};

struct WaitingLook {
  SteadyInstant since;  // the first frame came that has not been looked at
  bool yields = false;  // to those that do not
};

// The index of the one that is due first; of equals the first. Nothing: none waits.
// Pure; nothing starves: what comes later is due later.
std::optional<size_t> NextLook(std::span<const WaitingLook> waiting);

}  // namespace bordergate::camera
