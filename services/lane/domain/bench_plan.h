// What an electrician proves of a lane, in which order, and what follows from it. Pure.
//
// The order is that of danger: first what moves nothing, then the arm by command, then the arm by wire.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.h"

namespace bordergate::lane {

enum class BenchStep {
  kLink,          // it answers, and how soon
  kHeartbeat,     // it holds the heartbeat that it is sent
  kRestPosition,  // the switches say what a person sees
  kArmingLoop,    // pressed and released, it and no other input
  kSafetyLoop,
  kExitLoop,
  kHandOperation,
  kControllerFault,
  kRedLight,  // a person sees the one that was asked for
  kGreenLight,
  kScale,           // at zero when it is empty, at rest with a load, and what its own display shows
  kRaise,           // by command, with the time of both switches
  kRequestRefused,  // this program does not ask to lower onto the safety loop
  kOwnProtection,   // nor does the controller lower by its own button
  kLower,
  kReversal,   // the arm goes up again when the safety loop sees something on its way down
  kStop,       // the wired stop holds it halfway
  kEmergency,  // the wired opening opens, and is seen
};

// What a controller has, by its register map. The rest every controller must have.
struct BenchAbilities {
  bool heartbeat = false;
  bool arming_loop = false;
  bool exit_loop = false;
  bool hand_operation = false;
  bool controller_fault = false;
  bool emergency = false;
  bool lights = false;
  bool scale = false;
};

enum class ArmNeeded { kAny, kDown, kUp };

// Every step, in its order.
std::vector<BenchStep> AllBenchSteps();
// What of them this controller can be asked for; the others are written down as absent.
bool IsThere(BenchStep step, const BenchAbilities& has);
// Where the arm must be before the step.
ArmNeeded ArmBefore(BenchStep step);
// "arming_loop"; in the record of a bench, so never changed.
std::string_view NameOf(BenchStep step);

enum class BenchOutcome {
  kPassed,
  kFailed,
  kSkipped,  // by a person, with a reason
  kAbsent,   // the controller has no such thing
};
std::string_view NameOf(BenchOutcome outcome);

// What a step came to.
struct BenchFinding {
  BenchOutcome outcome = BenchOutcome::kFailed;
  std::string code;                           // "INPUT_SWAPPED": one of kBenchCodes
  std::map<std::string, std::string> params;  // {"expected", "arming_loop"}, {"seen", "exit_loop"}

  bool passed() const { return outcome == BenchOutcome::kPassed; }
};

// Every code a finding can have, with who is to act.
namespace bench {
inline constexpr const char* kCodes[] = {
    "PASSED",              // nothing to be said but times
    "SKIPPED",             // {reason}
    "ABSENT",              // the register map has no such thing
    "LINK_LOST",           // the controller stopped answering during the step
    "LINK_LOSES",          // {lost, asked} some requests were not answered
    "LINK_SLOW",           // {slowest_ms, limit_ms}
    "HEARTBEAT_NOT_HELD",  // {changes} it does not hold what is written
    "SWITCHES_SWAPPED",    // the arm is at one end and the switch of the other is on
    "SWITCHES_BOTH",       // both ends at once
    "SWITCH_SILENT",       // {expected} the arm is at its end and its switch is not on
    "INPUT_ALREADY_ON",    // {expected} before anybody pressed it
    "INPUT_SILENT",        // {expected} nothing changed
    "INPUT_SWAPPED",       // {expected, seen} another one changed instead
    "INPUT_TOGETHER",      // {expected, seen} another one changed with it
    "INPUT_STAYS_ON",      // {expected} after it was released
    "INPUT_FLICKERS",      // {expected} it came again by itself
    "LIGHT_SWAPPED",       // {expected, seen}
    "LIGHT_DARK",          // {expected}
    "LIGHT_BOTH",
    "COMMAND_NOT_TAKEN",       // the controller was not there or answered something else
    "ARM_DID_NOT_MOVE",        // {within_ms}
    "SWITCH_STAYS_ON",         // {seen} the arm has left it
    "ARM_LEFT_ITS_PLACE",      // it moved although something is on the safety loop. Dangerous
    "LOOP_CLEARED_TOO_SOON",   // {expected} the step proves nothing then
    "REQUEST_WAS_SENT",        // the program asked to lower onto the loop. A fault of ours
    "ARM_CAME_DOWN",           // onto the occupied loop. Dangerous
    "ARM_STOPPED_HALFWAY",     // and did not go up again
    "LOOP_TOO_LATE",           // the arm was down before the loop was pressed
    "STOP_DID_NOT_HOLD",       // the arm came to its end
    "EMERGENCY_DID_NOT_OPEN",  // it was seen and the arm did not go up
    "SCALE_NO_ANSWER",
    "SCALE_NOT_AT_REST",  // {state}
    "SCALE_NOT_ZERO",     // {weight_kg} with nothing on it
    "SCALE_NO_LOAD",      // {weight_kg} with a vehicle on it
    "SCALE_DIFFERS",      // {weight_kg} its own display shows something else
};
}  // namespace bench

// Accepted: every step is passed or absent.
bool Accepted(const std::map<BenchStep, BenchFinding>& findings);

}  // namespace bordergate::lane
