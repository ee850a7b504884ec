// What a lane's state machine wants done. It does nothing itself; see LaneController.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "services/lane/domain/decision.h"
#include "services/lane/domain/passage.h"

namespace bordergate::lane {

// Make the decision durable, then tell the machine (DecisionKept or DecisionNotKept). An opening waits for
// it.
struct KeepDecision {
  Decision decision;
  std::shared_ptr<const std::string> picture;  // what decision.evidence_id names; null when there is none
  Instant arrive_time;                         // of the vehicle
};

// Send the raise pulse now, then tell the machine (RaiseAnswered). Comes only after the decision was kept.
struct SendRaise {
  Id<Decision> decision_id;
};

// Ask the controller to lower, then tell the machine (LowerAnswered).
struct SendLower {};

struct ShowLight {
  bool green = false;
};

// Make the passage durable; try again until it is.
struct KeepPassage {
  Passage passage;
};

// How an opening ended without a passage.
enum class OpeningEnd {
  kWithdrawn,    // a fact changed, or it was too late, before the pulse: nothing was sent
  kNotSent,      // the controller could not be reached: nothing was sent
  kDidNotMove,   // sent, and the arm stayed down
  kWentBack,     // the vehicle reversed out, seen or not
  kNotUsed,      // the vehicle did not drive in time and the arm was lowered
  kNotExecuted,  // the program ended between record and pulse
};

struct CloseOpening {
  Id<Decision> decision_id;
  std::string trip_id;
  OpeningEnd how = OpeningEnd::kNotUsed;
};

// The vehicle of an opening has gone under the arm, or has rolled back before it: the next run must know,
// since with the arm up the vehicle on the arming loop may already be the next one.
struct NoteEntered {
  Id<Decision> decision_id;
  bool entered = true;
};

// Whether a free loop means that nobody is there. The next run must know when it does not: a vehicle on a
// loop that was without power is not reported, whatever the lights of the controller say by then.
struct NoteLoops {
  std::string lane_id;
  bool proved = false;
};

struct FaultRaised {
  Cause fault;
};
struct FaultCleared {
  Cause fault;
};

using Effect = std::variant<KeepDecision, SendRaise, SendLower, ShowLight, KeepPassage, CloseOpening,
                            NoteEntered, NoteLoops, FaultRaised, FaultCleared>;
using Effects = std::vector<Effect>;

}  // namespace bordergate::lane
