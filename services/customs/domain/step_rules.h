// What an agency may do with its step, and what that makes of the trip.
//
// Agencies work in parallel. A step is open when every step before it is confirmed. One hold anywhere holds
// the trip; the trip is cleared when every step is confirmed. A hold wins over a confirmation, whichever came
// first, and both stay on record as events.
#pragma once

#include "libs/core/result.h"
#include "services/customs/domain/trip.h"

namespace bordergate::customs {

// Who acts.
struct Officer {
  std::string subject_id;
  std::string name;
  std::vector<std::string> roles;  // "ROLE_CUSTOMS"
};

// Each returns whether anything changed; what is done already is left as first done.

// Confirms an open step; the trip is cleared with the last one.
//   errors   TRIP_CLOSED, STEP_NOT_FOUND, STEP_NOT_YOURS, STEP_BLOCKED, STEP_HELD
Result<bool> ConfirmStep(Trip& trip, std::string_view step_id, const Officer& officer,
                         std::string_view remark, Instant now);

// Holds the trip at a step that is blocked, open or confirmed.
//   errors   TRIP_CLOSED, STEP_NOT_FOUND, STEP_NOT_YOURS
Result<bool> HoldStep(Trip& trip, std::string_view step_id, const Officer& officer, std::string_view reason,
                      Instant now);

// Ends a hold: the step has to be confirmed (again).
//   errors   TRIP_CLOSED, STEP_NOT_FOUND, STEP_NOT_YOURS, STEP_NOT_HELD
Result<bool> ReleaseStep(Trip& trip, std::string_view step_id, const Officer& officer,
                         std::string_view reason, Instant now);

// Withdraws a trip; a cancelled one stays cancelled.
//   errors   TRIP_ALREADY_CROSSED
Result<bool> CancelTrip(Trip& trip, std::string_view reason);

// The truck went through the gate. Recorded as it happened, in any state: a passage is never refused
// afterwards. The first crossing counts.
bool CrossTrip(Trip& trip, Instant cross_time);

// Opens and blocks steps by what stands before them.
void OpenWhatIsFree(std::vector<Step>& steps);

}  // namespace bordergate::customs
