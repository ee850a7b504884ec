// The barrier as the rules see it: what its inputs say, and what may be asked of it.
//
// Access fails secure, motion fails safe: Raise is sent for one durable decision only; RequestLower is a
// request, the controller's own loops decide. A command is a pulse and is never sent again blindly: an answer
// that was lost is `kUnknown`, and the switches tell.
#pragma once

#include <optional>

namespace bordergate::lane {

// One picture of a controller's inputs. True means: switch closed, vehicle on the loop.
struct BarrierInputs {
  bool upper_limit = false;
  bool lower_limit = false;
  bool arming_loop = false;  // before the arm
  bool safety_loop = false;  // under the arm
  bool exit_loop = false;    // behind the arm
  bool emergency = false;    // the wired emergency opening is active
  bool controller_fault = false;
  bool hand_operation = false;  // local switch: software is not obeyed
  // False when the controller has lost its outputs since they were last set: it was without power, and its
  // loop detectors with it. Vehicles that stood on a loop then may not be reported.
  bool outputs_kept = true;

  // Somebody has been on the exit loop since the arm was last told to rise, as the controller remembers while
  // nobody asks it; lost with its power. Nothing: it does not remember.
  std::optional<bool> exit_latch;

  bool operator==(const BarrierInputs&) const = default;
};

enum class ArmPosition { kDown, kUp, kMoving, kUnknown };
enum class BarrierCommand { kNone, kRaise, kLower };

// What is known after a command.
enum class Sent {
  kYes,      // the controller has taken it
  kNo,       // it never left, or the controller was not connected; the arm will not move by it
  kUnknown,  // it left and no good answer came; the arm may move
};

// One lane's barrier. One call at a time a barrier is guaranteed by the caller for Raise and RequestLower; an
// implementation is safe for use by its polling thread at the same time.
class Barrier {
 public:
  virtual ~Barrier() = default;

  //   blocks   up to the driver's time-out for one answer
  virtual Sent Raise() = 0;
  // Looks at the loops once more before it asks.
  //   kNo      nothing was asked for: not connected, or somebody is on the safety or exit loop
  //   blocks   up to two time-outs
  virtual Sent RequestLower() = 0;
  // Green for the vehicle that may drive, red otherwise. Shown with the next poll.
  virtual void ShowLight(bool green) = 0;
};

// Who is told what a controller says. Both are called again and again, many times a second.
class BarrierListener {
 public:
  virtual ~BarrierListener() = default;
  virtual void SeeInputs(const BarrierInputs& inputs) = 0;
  // It says nothing.
  virtual void LinkLost() = 0;
};

}  // namespace bordergate::lane
