// What report refuses, besides the reasons of libs/core/reasons.h.
#pragma once

#include "libs/core/result.h"

namespace bordergate::report {

// There is no such trip, or it is not the caller's.
// Caller: compare the id; a trip that was declared a moment ago appears within seconds.
inline constexpr Reason kTripNotFound{"TRIP_NOT_FOUND", Code::kNotFound};

}  // namespace bordergate::report
