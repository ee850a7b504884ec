// What a lane's scale says, and the scale itself.
#pragma once

#include <string_view>

#include "libs/core/result.h"

namespace bordergate::lane {

// The scale does not answer.
// Caller: nothing; the lane's view says how old the scale's last answer is.
inline constexpr Reason kScaleUnreachable{"SCALE_UNREACHABLE", Code::kUnavailable};

enum class ScaleState {
  kStable,
  kMoving,      // not at rest, or at rest and nothing of a vehicle's weight on it
  kOverload,    // beyond what it can weigh
  kUnderRange,  // below its zero
  kTared,       // it shows what was put on since somebody tared it, not the gross weight
  kFault,       // it says itself that its weight is not to be used
  kSilent,      // it has not answered for too long, or the lane has none
};
inline constexpr ScaleState kScaleStates[] = {
    ScaleState::kStable, ScaleState::kMoving, ScaleState::kOverload, ScaleState::kUnderRange,
    ScaleState::kTared,  ScaleState::kFault,  ScaleState::kSilent};
// "STABLE", "MOVING" …
std::string_view ScaleStateName(ScaleState state);

struct Weight {
  ScaleState state = ScaleState::kSilent;
  int kg = 0;  // gross; of kStable and kMoving alone

  bool operator==(const Weight&) const = default;
};

// A scale. One call at a time.
class Scale {
 public:
  virtual ~Scale() = default;
  //   errors   SCALE_UNREACHABLE
  //   blocks   up to two time-outs of the device
  virtual Result<Weight> Read() = 0;
};

// Who is told what a scale says.
class WeightListener {
 public:
  virtual ~WeightListener() = default;
  virtual void SeeWeight(const Weight& weight) = 0;
};

}  // namespace bordergate::lane
