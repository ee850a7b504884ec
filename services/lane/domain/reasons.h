// Why lane says no, and the codes that decisions, modes and faults carry.
//
// First the reasons of errors, then the codes of causes (see cause.h): people read their text in their own
// language by the code.
#pragma once

#include "libs/core/reasons.h"

namespace bordergate::lane {

// No lane has this id, or it stands at a gate the caller is not posted to.
// Caller: list the lanes and use one of their ids.
inline constexpr Reason kLaneNotFound{"LANE_NOT_FOUND", Code::kNotFound};

// The lane is closed by hand and opens for nobody.
// Caller: give the lane back with SetLaneMode first.
inline constexpr Reason kLaneClosed{"LANE_CLOSED", Code::kFailedPrecondition};

// The vehicle this was meant for is not at the barrier any more, or nobody is.
// Caller: look at the lane again; another vehicle needs its own decision.
inline constexpr Reason kSessionOver{"SESSION_OVER", Code::kFailedPrecondition};

// An opening is under way, or the arm is not down yet.
// Caller: look at the lane again when it has come to rest.
inline constexpr Reason kLaneBusy{"LANE_BUSY", Code::kAborted};

// The plate is on the watch list, or looks like one that is.
// Caller: show the officer why, then repeat with watch_list_acknowledged under a new request_id.
inline constexpr Reason kWatchListed{"WATCH_LISTED", Code::kFailedPrecondition};

// The barrier's controller does not answer, or does not know where its arm is. Nothing was sent to it.
// Caller: send somebody to the barrier; open by its own buttons if it must be.
inline constexpr Reason kBarrierUnreachable{"BARRIER_UNREACHABLE", Code::kUnavailable};

// The lane's journal cannot be written, so nothing may open. Nothing was sent to the barrier.
// Caller: repeat under the same request_id; call the operator when it stays.
inline constexpr Reason kJournalUnavailable{"JOURNAL_UNAVAILABLE", Code::kUnavailable};

// No lane of this process stands at this checkpoint.
// Caller: list the rules and use one of their checkpoint ids.
inline constexpr Reason kCheckpointNotFound{"CHECKPOINT_NOT_FOUND", Code::kNotFound};

// Another version of the rule came into force since the one this was made from. {version, author}
// Caller: list the rules, compare, and make the change again on the version in force.
inline constexpr Reason kRuleChanged{"RULE_CHANGED", Code::kAborted};

// There is no such picture, or retention has removed it.
// Caller: nothing; the decision stands without its picture.
inline constexpr Reason kEvidenceNotFound{"EVIDENCE_NOT_FOUND", Code::kNotFound};

namespace cause {

// --- why a vehicle may pass ---
// Everything the checkpoint's rule demands is there.
inline constexpr const char* kAllCleared = "ALL_CLEARED";
// The driver's slip said which truck it is; stands after ALL_CLEARED. {trip_id}
inline constexpr const char* kIdentifiedBySlip = "IDENTIFIED_BY_SLIP";
// The front was not read surely, or as a look-alike of an expected plate; what confirmed it. They stand after
// ALL_CLEARED. {seen}: as the front was read
inline constexpr const char* kConfirmedByRear = "CONFIRMED_BY_REAR";
inline constexpr const char* kConfirmedByTag = "CONFIRMED_BY_TAG";
inline constexpr const char* kConfirmedByTrailer = "CONFIRMED_BY_TRAILER";
inline constexpr const char* kConfirmedByContainer = "CONFIRMED_BY_CONTAINER";
// An officer decided; see OpenBarrierRequest.reason_code and RefuseVehicleRequest.reason_code.
inline constexpr const char* kOfficerIdentified = "OFFICER_IDENTIFIED";
inline constexpr const char* kOfficerPapers = "OFFICER_PAPERS";
inline constexpr const char* kOfficerOrder = "OFFICER_ORDER";
inline constexpr const char* kOfficerReturn = "OFFICER_RETURN";
inline constexpr const char* kOfficerService = "OFFICER_SERVICE";
inline constexpr const char* kOfficerOther = "OFFICER_OTHER";
inline constexpr const char* kOfficerMismatch = "OFFICER_MISMATCH";
inline constexpr const char* kOfficerPapersMissing = "OFFICER_PAPERS_MISSING";
inline constexpr const char* kOfficerSuspicion = "OFFICER_SUSPICION";
inline constexpr const char* kOfficerWrongLane = "OFFICER_WRONG_LANE";

// --- why an officer is asked ---
// The plate is on the watch list. {watch_list_entry_id, plate, cause}
inline constexpr const char* kWatchListed = "WATCH_LISTED";
// The plate looks like one on the watch list. {watch_list_entry_id, plate, cause}
inline constexpr const char* kWatchListLookAlike = "WATCH_LIST_LOOK_ALIKE";
// An officer checks the vehicle. Told in place of the two above to those who may not read the watch list.
inline constexpr const char* kOfficerCheck = "OFFICER_CHECK";
// No camera read a plate in time.
inline constexpr const char* kNoRead = "NO_READ";
// The plate was read, but not surely, or several plates were read. {plate}
inline constexpr const char* kReadUnsure = "READ_UNSURE";
// The plate is not expected, but looks like one that is. {plate, trip_id}
inline constexpr const char* kPlateNearExpected = "PLATE_NEAR_EXPECTED";
// The trip of this plate has crossed already: perhaps a cloned plate. {trip_id}
inline constexpr const char* kTripAlreadyCrossed = "TRIP_ALREADY_CROSSED";
// The same plate stands in another lane. {lane_id}
inline constexpr const char* kPlateInTwoLanes = "PLATE_IN_TWO_LANES";
// The ticket belongs to the gate's other lanes, which another program has: only there its truck passes by
// itself. {trip_id}
inline constexpr const char* kLeasedElsewhere = "LEASED_ELSEWHERE";
// The trailer is not the declared one. {expected, seen}
inline constexpr const char* kTrailerMismatch = "TRAILER_MISMATCH";
// The container is not the declared one. {expected, seen}; expected is empty when none is declared
inline constexpr const char* kContainerMismatch = "CONTAINER_MISMATCH";
// The lane's mode asks an officer to confirm each opening.
inline constexpr const char* kConfirmNeeded = "CONFIRM_NEEDED";
// The lane's mode leaves every decision to an officer.
inline constexpr const char* kManualMode = "MANUAL_MODE";
// Cut off from the centre, and no call of the yard is known for this vehicle.
inline constexpr const char* kLocalWithoutCall = "LOCAL_WITHOUT_CALL";
// The driver showed a slip that somebody made or altered.
inline constexpr const char* kSlipForged = "SLIP_FORGED";
// The slip is good, and of another truck than the camera saw. {expected, seen}
inline constexpr const char* kSlipPlateMismatch = "SLIP_PLATE_MISMATCH";
// The slip is good; this lane has not heard of its trip: it is new, withdrawn or long over. {trip_id}
inline constexpr const char* kSlipTripUnknown = "SLIP_TRIP_UNKNOWN";
// The slip is good, and of another trip of this truck than the one that is expected. {trip_id, expected}
inline constexpr const char* kSlipOtherTrip = "SLIP_OTHER_TRIP";
// The plate at the rear is another truck's than the one that front or slip say. {expected, seen}
inline constexpr const char* kRearPlateMismatch = "REAR_PLATE_MISMATCH";
// The transponder is registered for another truck than the one that front or slip say. {expected, seen}
inline constexpr const char* kTagMismatch = "TAG_MISMATCH";
// What witnesses say of a truck whose front was not read surely; they stand after NO_READ or READ_UNSURE and
// open nothing. {plate}: of the truck they name
inline constexpr const char* kRearPlateSeen = "REAR_PLATE_SEEN";
inline constexpr const char* kTagHeard = "TAG_HEARD";
inline constexpr const char* kTrailerSeen = "TRAILER_SEEN";
inline constexpr const char* kContainerSeen = "CONTAINER_SEEN";
// Why a slip did not say who it is; they stand after NO_READ or READ_UNSURE. {trip_id} where it was readable
inline constexpr const char* kSlipMalformed = "SLIP_MALFORMED";
inline constexpr const char* kSlipKeyUnknown = "SLIP_KEY_UNKNOWN";
inline constexpr const char* kSlipOtherGate = "SLIP_OTHER_GATE";
inline constexpr const char* kSlipOtherDirection = "SLIP_OTHER_DIRECTION";
inline constexpr const char* kSlipNotYetValid = "SLIP_NOT_YET_VALID";
inline constexpr const char* kSlipExpired = "SLIP_EXPIRED";
// On its way home later than the rule allows. {came_time, limit_h}
inline constexpr const char* kStayExceeded = "STAY_EXCEEDED";
// Declared empty, and its weight is too far from its unladen mass. {weight_kg, expected_kg, tolerance_kg}
inline constexpr const char* kWeightMismatch = "WEIGHT_MISMATCH";
// Declared empty, and the scale did not come to rest with it. {scale_state}: see ScaleState
inline constexpr const char* kWeightNotStable = "WEIGHT_NOT_STABLE";
// Declared empty, and no scale answers at this lane.
inline constexpr const char* kScaleSilent = "SCALE_SILENT";
// Declared empty, and what truck or trailer weigh empty is registered nowhere. {weight_kg}
inline constexpr const char* kTareUnknown = "TARE_UNKNOWN";
// The arm was up for it, and it did not drive; the arm was lowered again.
inline constexpr const char* kDidNotDrive = "DID_NOT_DRIVE";
// Reading, deciding and recording took too long for an opening.
inline constexpr const char* kDecisionLate = "DECISION_LATE";

// --- why a vehicle is refused ---
// The lane is closed by hand.
inline constexpr const char* kLaneClosedByHand = "LANE_CLOSED";
// Nobody declared a trip for this plate.
inline constexpr const char* kTripNotFound = "TRIP_NOT_FOUND";
// The trip is for another gate. {gate_id}
inline constexpr const char* kWrongGate = "WRONG_GATE";
// The trip goes the other way.
inline constexpr const char* kWrongDirection = "WRONG_DIRECTION";
// The enterprise withdrew the trip.
inline constexpr const char* kTripCancelled = "TRIP_CANCELLED";
// An agency holds the trip. {step_id}
inline constexpr const char* kStepHeld = "STEP_HELD";
// An agency has not confirmed its step. {step_id}
inline constexpr const char* kStepNotConfirmed = "STEP_NOT_CONFIRMED";
// The fee is not settled.
inline constexpr const char* kFeeNotSettled = "FEE_NOT_SETTLED";
// The checkpoint is closed at this hour. {next_opening}
inline constexpr const char* kOutsideHours = "OUTSIDE_HOURS";
// No cross-border permit is registered for the vehicle.
inline constexpr const char* kPermitMissing = "PERMIT_MISSING";
// The vehicle's cross-border permit has run out. {last_day}
inline constexpr const char* kPermitExpired = "PERMIT_EXPIRED";
// The truck has not checked in at a yard.
inline constexpr const char* kNotCheckedIn = "NOT_CHECKED_IN";
// The yard has not called the truck. {ticket_id}
inline constexpr const char* kNotCalled = "NOT_CALLED";
// The call has run out. {ticket_id}
inline constexpr const char* kCallExpired = "CALL_EXPIRED";

// --- why a lane is in a mode ---
// Set by hand. {by, reason}
inline constexpr const char* kSetByHand = "SET_BY_HAND";
// An input has not been heard of for too long, or never. {input, limit_ms}
inline constexpr const char* kInputStale = "INPUT_STALE";
// This machine's clock stands further from the centre's than it may: what is good until some time cannot be
// told. {skew_s, limit_ms}
inline constexpr const char* kClockSkewed = "CLOCK_SKEWED";
// The camera says itself that it cannot see. {fault}
inline constexpr const char* kCameraFault = "CAMERA_FAULT";
// The barrier's own switch stands on hand operation.
inline constexpr const char* kHandOperation = "HAND_OPERATION";
// Healthy again, but not for long enough yet. {wait_ms}
inline constexpr const char* kRecovering = "RECOVERING";

// --- faults ---
// The controller does not answer.
inline constexpr const char* kBarrierUnreachable = "BARRIER_UNREACHABLE";
// Between the switches for too long, or both are on.
inline constexpr const char* kBarrierPositionUnknown = "BARRIER_POSITION_UNKNOWN";
// Commanded in time, and the switches say that it stayed where it was. {command}
inline constexpr const char* kBarrierDidNotMove = "BARRIER_DID_NOT_MOVE";
// The controller reports a fault of its own.
inline constexpr const char* kBarrierControllerFault = "BARRIER_CONTROLLER_FAULT";
// The arm went up and nobody here had commanded it: by force, by key or by another program.
inline constexpr const char* kArmWithoutCommand = "ARM_WITHOUT_COMMAND";
// The wired emergency opening is or was active; an officer must set the mode again.
inline constexpr const char* kEmergencyOpening = "EMERGENCY_OPENING";
// A vehicle followed another through without a decision of its own.
inline constexpr const char* kTailgating = "TAILGATING";
// A vehicle came in against the direction of the lane.
inline constexpr const char* kWrongWay = "WRONG_WAY";
// A loop reports a vehicle for longer than one can stand there. {loop}
inline constexpr const char* kLoopStuck = "LOOP_STUCK";
// A loop reported nothing where a vehicle must have been. {loop}
inline constexpr const char* kLoopSilent = "LOOP_SILENT";
// The loop detectors were without power; a vehicle under the arm may not be reported. The arm is not lowered
// until the safety loop has seen a vehicle come and go, or an officer sets the mode again.
inline constexpr const char* kLoopUnproved = "LOOP_UNPROVED";
// The lane's memory cannot be written.
inline constexpr const char* kJournalUnavailable = "JOURNAL_UNAVAILABLE";

// --- remarks on a passage ---
// It went through while the lane was restarting: the arm was up for it and the lane was empty afterwards.
inline constexpr const char* kPresumedPassed = "PRESUMED_PASSED";
// It left the arm's loop and was never seen on the exit loop.
inline constexpr const char* kExitNotSeen = "EXIT_NOT_SEEN";

}  // namespace cause
}  // namespace bordergate::lane
