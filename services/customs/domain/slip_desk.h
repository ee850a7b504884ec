// What a trip's driver is given to show at the lane: see libs/slip/slip.h.
#pragma once

#include <functional>

#include "libs/slip/slip.h"
#include "services/customs/domain/trip.h"

namespace bordergate::customs {

// With what slips are signed, and for how long.
struct SlipKey {
  std::string id;    // lanes know its public half as <id>.pub
  std::string seed;  // 32 bytes
  seconds lifetime{259200};
};

// A slip and what stands in its QR code.
struct SignedSlip {
  Slip slip;
  std::string text;
};

// Draws a slip for paper; PNG. Safe for use by several threads.
using PrintSlip = std::function<std::string(const SignedSlip&)>;

// A slip for a trip that is still to cross. Valid a little before now, so that a lane whose clock is behind
// takes it; the same trip may get any number, and passes once all the same.
//   errors   TRIP_CLOSED
Result<SignedSlip> MakeSlip(const Trip& trip, const SlipKey& key, Instant now);

}  // namespace bordergate::customs
