// What customs refuses, besides the reasons of libs/core/reasons.h.
#pragma once

#include "libs/core/result.h"

namespace bordergate::customs {

// The gate has no workflow for this direction.
// Caller: compare the gate and the direction; ask the management centre for a workflow.
inline constexpr Reason kGateUnknown{"GATE_UNKNOWN", Code::kFailedPrecondition};

// No vehicle of the caller's enterprise is registered under the plate.
// Caller: compare the plate; register the vehicle first.
inline constexpr Reason kVehicleNotFound{"VEHICLE_NOT_FOUND", Code::kNotFound};

// No such driver is registered by the caller's enterprise.
// Caller: compare the id; register the driver first.
inline constexpr Reason kDriverNotFound{"DRIVER_NOT_FOUND", Code::kNotFound};

// The truck is on another trip that has not crossed and is not cancelled.
// Caller: cancel that trip (metadata trip_id), or wait until it has crossed.
inline constexpr Reason kVehicleHasOpenTrip{"VEHICLE_HAS_OPEN_TRIP", Code::kAlreadyExists};

// There is no such trip, or it is not the caller's to see.
// Caller: compare the id.
inline constexpr Reason kTripNotFound{"TRIP_NOT_FOUND", Code::kNotFound};

// The trip has crossed or is cancelled; its steps stay as they are.
// Caller: nothing to do.
inline constexpr Reason kTripClosed{"TRIP_CLOSED", Code::kFailedPrecondition};

// The truck went through the gate.
// Caller: nothing to do; a crossing is not undone.
inline constexpr Reason kTripAlreadyCrossed{"TRIP_ALREADY_CROSSED", Code::kFailedPrecondition};

// The trip has no such step.
// Caller: read the trip and use one of its step ids.
inline constexpr Reason kStepNotFound{"STEP_NOT_FOUND", Code::kNotFound};

// Another agency confirms, holds and releases this step.
// Caller: leave it to the role in metadata role.
inline constexpr Reason kStepNotYours{"STEP_NOT_YOURS", Code::kPermissionDenied};

// Steps that come before this one are not confirmed (metadata waits_for).
// Caller: wait for them.
inline constexpr Reason kStepBlocked{"STEP_BLOCKED", Code::kFailedPrecondition};

// The agency holds the trip at this step.
// Caller: release the hold first.
inline constexpr Reason kStepHeld{"STEP_HELD", Code::kFailedPrecondition};

// The agency does not hold the trip at this step.
// Caller: nothing to do; read the trip.
inline constexpr Reason kStepNotHeld{"STEP_NOT_HELD", Code::kFailedPrecondition};

}  // namespace bordergate::customs
