// What exchange refuses, besides the reasons of libs/core/reasons.h.
#pragma once

#include "libs/core/result.h"

namespace bordergate::exchange {

// No service tells events of this kind.
// Caller: take a kind from the list in the reference, for example lane.passage.completed.
inline constexpr Reason kEventKindUnknown{"EVENT_KIND_UNKNOWN", Code::kInvalidArgument};

// Events of this kind have no such field.
// Caller: take a field from the reference of the event's subject, for example plate.
inline constexpr Reason kEventFieldUnknown{"EVENT_FIELD_UNKNOWN", Code::kInvalidArgument};

// The partner acknowledges a message that was never sent to it.
// Caller: acknowledge at most the last sequence received.
inline constexpr Reason kMessageNotSent{"MESSAGE_NOT_SENT", Code::kInvalidArgument};

}  // namespace bordergate::exchange
