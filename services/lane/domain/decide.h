// The decision itself: open, ask an officer, or refuse, always with reasons.
//
// Decide is pure and total: the same facts, rule and time give the same verdict, and every combination gives
// one. The outcome is the strictest that any fact asks for (a refusal the driver can put right stands before
// a question to an officer, except where an officer must look at the vehicle itself); the causes come in the
// order of the checks below.
#pragma once

#include <string>

#include "services/lane/domain/admission.h"
#include "services/lane/domain/checkpoint_rule.h"
#include "services/lane/domain/decision.h"
#include "services/lane/domain/mode.h"

namespace bordergate::lane {

struct Facts {
  Mode mode = Mode::kManual;
  std::string gate_id;
  Direction direction = Direction::kExport;
  std::chrono::minutes utc_offset{420};  // of the gate's clock on the wall
  // What was seen.
  bool read = false;        // false: no plate at all
  std::string plate;        // the one most frames agree on, normalised
  double confidence = 0;    // of its best frame
  bool disputed = false;    // other frames of the same vehicle say otherwise, with weight
  std::string trailer_key;  // a trailer plate that was read surely; empty: none
  // What is known of it.
  Known known;
};

//   outcome   checks, in order (the first that holds is the first cause)
//   refuse    LANE_CLOSED
//   ask       WATCH_LISTED, WATCH_LIST_LOOK_ALIKE
//   ask       NO_READ, READ_UNSURE
//   refuse    OUTSIDE_HOURS
//   ask       STAY_EXCEEDED, of a vehicle of the other country at the way out, of an own one at the way in
//   ask       PLATE_NEAR_EXPECTED; refuse TRIP_NOT_FOUND
//   refuse    WRONG_GATE, WRONG_DIRECTION, TRIP_CANCELLED
//   ask       TRIP_ALREADY_CROSSED, PLATE_IN_TWO_LANES, TRAILER_MISMATCH
//   refuse    STEP_HELD (whatever the rule), STEP_NOT_CONFIRMED, FEE_NOT_SETTLED, NOT_CHECKED_IN, NOT_CALLED,
//             CALL_EXPIRED, PERMIT_MISSING, PERMIT_EXPIRED, each when the rule demands it
//   ask       LOCAL_WITHOUT_CALL, CONFIRM_NEEDED, MANUAL_MODE by the lane's mode
//   open      ALL_CLEARED
// An officer is asked, whatever else is missing, when a check from WATCH_LISTED to READ_UNSURE holds and in
// MANUAL.
Verdict Decide(const Facts& facts, const CheckpointRule& rule, Instant now);

// The facts and the rule as JSON, kept with a decision so that it can be replayed. Holds plates: for the
// journal, never for a log.
std::string BasisOf(const Facts& facts, const CheckpointRule& rule);

}  // namespace bordergate::lane
