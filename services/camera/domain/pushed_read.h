// What becomes of a plate that a camera read by itself, beside our own read of the picture it sent with it.
// Pure.
//
// The camera's read can only lower: nobody has measured how often it is right, and a machine that somebody
// has taken over says what he likes. So what goes to the lane as sure is always what our own reader read
// surely in the picture, and the camera did not contradict. Its agreeing stands for the second frame that a
// sure read needs (domain/tracker.h).
//
//   ours       the camera's     goes to the lane
//   a plate    the same         ours, as sure as it is
//   a plate    none             ours, sure when a second picture says the same
//   a plate    another          ours, never as sure: a person looks
//   none       a plate          the camera's, never as sure
//   none       none             nothing
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/core/clock.h"

namespace bordergate::camera {

enum class PushVerdict { kAgreed, kUnclaimed, kContradicted, kUnconfirmed, kNothing };

// "AGREED" and so on.
std::string_view VerdictName(PushVerdict verdict);

//   ours, claimed   comparison keys (libs/plate)
PushVerdict JudgePush(const std::optional<std::string>& ours, const std::optional<std::string>& claimed);

// Cameras keep what they could not send and send it later; by then another truck may stand there. An event
// whose own time is further from its receipt than `late_max`, to either side, is no read of who stands there
// now.
bool IsLatePush(Instant received, Instant stated, milliseconds late_max);

}  // namespace bordergate::camera
