// The decision itself: open, ask an officer, or refuse, always with reasons.
//
// Decide is pure and total: the same facts, rule and time give the same verdict, and every combination gives
// one. The outcome is the strictest that any fact asks for (a refusal the driver can put right stands before
// a question to an officer, except where an officer must look at the vehicle itself); the causes come in the
// order of the checks below.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/slip/slip.h"
#include "services/lane/domain/admission.h"
#include "services/lane/domain/checkpoint_rule.h"
#include "services/lane/domain/decision.h"
#include "services/lane/domain/mode.h"
#include "services/lane/domain/scale.h"
#include "services/lane/domain/witness.h"

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
  // A container's number that was read surely, and that no other frame disputes; empty: none.
  std::string container_number;
  // What the driver showed.
  std::optional<Slip> slip;  // customs' word, whether good here or not
  std::string slip_fault;  // one that was none: SLIP_MALFORMED, SLIP_KEY_UNKNOWN, SLIP_FORGED; empty: no such
  bool by_slip = false;    // `plate` and `known` are those of the slip (identify.h)
  bool disagree = false;   // the slip is good and names another truck than was read
  // Who else says which truck it is (identify.h).
  std::vector<Witness> witnesses;
  std::string as_read;  // what the front was read as, where a witness put `plate` right; else empty
  Weight weight;        // what the scale says of it
  // What is known of it.
  Known known;
};

//   outcome   checks, in order (the first that holds is the first cause)
//   refuse    LANE_CLOSED
//   ask       WATCH_LISTED, WATCH_LIST_LOOK_ALIKE
//   ask       SLIP_FORGED, SLIP_PLATE_MISMATCH, REAR_PLATE_MISMATCH, TAG_MISMATCH
//   ask       NO_READ, READ_UNSURE, unless a slip says who it is or a witness confirms what was read; then
//             also why a slip does not: SLIP_MALFORMED, SLIP_KEY_UNKNOWN, SLIP_OTHER_GATE,
//             SLIP_OTHER_DIRECTION, SLIP_NOT_YET_VALID, SLIP_EXPIRED; and what witnesses say:
//             REAR_PLATE_SEEN, TAG_HEARD, TRAILER_SEEN, CONTAINER_SEEN
//   refuse    OUTSIDE_HOURS
//   ask       STAY_EXCEEDED, of a vehicle of the other country at the way out, of an own one at the way in
//   ask       SLIP_TRIP_UNKNOWN, SLIP_OTHER_TRIP, of a truck that a slip named
//   ask       PLATE_NEAR_EXPECTED; refuse TRIP_NOT_FOUND
//   refuse    WRONG_GATE, WRONG_DIRECTION, TRIP_CANCELLED
//   ask       TRIP_ALREADY_CROSSED, PLATE_IN_TWO_LANES, LEASED_ELSEWHERE, TRAILER_MISMATCH,
//             CONTAINER_MISMATCH
//   ask       SCALE_SILENT, WEIGHT_NOT_STABLE, TARE_UNKNOWN, WEIGHT_MISMATCH, of a truck that is declared
//             empty, when the rule has it weighed
//   refuse    STEP_HELD (whatever the rule), STEP_NOT_CONFIRMED, FEE_NOT_SETTLED, NOT_CHECKED_IN, NOT_CALLED,
//             CALL_EXPIRED, PERMIT_MISSING, PERMIT_EXPIRED, each when the rule demands it
//   ask       LOCAL_WITHOUT_CALL, CONFIRM_NEEDED, MANUAL_MODE by the lane's mode
//   open      ALL_CLEARED, and IDENTIFIED_BY_SLIP, or CONFIRMED_BY_REAR, _TAG, _TRAILER, _CONTAINER,
//             when it was
// An officer is asked, whatever else is missing, when a check from WATCH_LISTED to SLIP_EXPIRED, or a witness
// that disagrees, holds and in MANUAL.
Verdict Decide(const Facts& facts, const CheckpointRule& rule, Instant now);

// Whether it opens, if it does, for what witnesses say: the front alone was not sure of this plate.
bool RestsOnWitness(const Facts& facts, const CheckpointRule& rule);

// Why a slip that is customs' word is not good for this lane at this moment, as a code; empty: it is good.
std::string SlipFault(const Slip& slip, std::string_view gate_id, Direction direction, Instant now);

// The facts and the rule as JSON, kept with a decision so that it can be replayed. Holds plates: for the
// journal, never for a log.
std::string BasisOf(const Facts& facts, const CheckpointRule& rule);

}  // namespace bordergate::lane
