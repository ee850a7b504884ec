// Reasons that any service may answer with. Each service declares its own in domain/reasons.h.
#pragma once

#include "libs/core/result.h"

namespace bordergate {

// One or more fields break a rule; each stands in the error's fields with its own reason.
// Caller: correct the fields named and send the request again under a new request_id.
inline constexpr Reason kInvalidField{"INVALID_FIELD", Code::kInvalidArgument};

// The request_id was used before with another request.
// Caller: a new change needs a new request_id.
inline constexpr Reason kRequestIdReused{"REQUEST_ID_REUSED", Code::kFailedPrecondition};

// The same request_id is being worked on right now.
// Caller: wait a moment, then ask again under the same request_id.
inline constexpr Reason kRequestInProgress{"REQUEST_IN_PROGRESS", Code::kAborted};

// The change was sent, but its answer was lost. It is either wholly done or not at all.
// Caller: ask again under the same request_id; the answer tells.
inline constexpr Reason kOutcomeUnknown{"OUTCOME_UNKNOWN", Code::kUnknown};

// Two changes of the same thing met and this one gave way.
// Caller: read again, then repeat the change.
inline constexpr Reason kConflict{"CONFLICT", Code::kAborted};

// Events are asked for after a sequence that the log never reached: the log was restored from an older copy,
// and what it numbers anew would be taken for known. Caller: restore both sides from copies of the same
// standstill, then follow again.
inline constexpr Reason kSequenceAhead{"SEQUENCE_AHEAD", Code::kFailedPrecondition};

// The time allowed for the call ran out. A change may or may not be done.
// Caller: ask again under the same request_id.
inline constexpr Reason kDeadlineExceeded{"DEADLINE_EXCEEDED", Code::kDeadlineExceeded};

// Too many calls are under way.
// Caller: wait a little longer each time, then repeat.
inline constexpr Reason kOverloaded{"OVERLOADED", Code::kResourceExhausted};

// A service or its database cannot be reached now. Nothing was changed.
// Caller: repeat under the same request_id.
inline constexpr Reason kServiceUnavailable{"SERVICE_UNAVAILABLE", Code::kUnavailable};

// The caller ended the call.
// Caller: nothing; a change may or may not be done.
inline constexpr Reason kCancelled{"CANCELLED", Code::kCancelled};

// Nobody is signed in, or the session or token has ended.
// Caller: sign in again.
inline constexpr Reason kUnauthenticated{"UNAUTHENTICATED", Code::kUnauthenticated};

// The caller is known but holds no role that may do this.
// Caller: ask the administrator of the gate.
inline constexpr Reason kRoleMissing{"ROLE_MISSING", Code::kPermissionDenied};

// There is no such call.
// Caller: compare the path with the reference at /docs.
inline constexpr Reason kMethodUnknown{"METHOD_UNKNOWN", Code::kUnimplemented};

// The program broke one of its own rules; the log says which.
// Caller: report it with the request id.
inline constexpr Reason kInternal{"INTERNAL", Code::kInternal};

}  // namespace bordergate
