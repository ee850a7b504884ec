// What of a vehicle before the barrier a camera looks at.
#pragma once

namespace bordergate::camera {

enum class Position {
  kFront,    // the one that a lane cannot do without
  kRear,     // of the vehicle that has driven past it
  kTrailer,  // the trailer's plate, from the side or above
  kWindow    // the driver's, for slips; no plates
};

}  // namespace bordergate::camera
