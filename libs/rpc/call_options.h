// How one call to another service is made.
#pragma once

#include <string>

#include "libs/core/clock.h"
#include "libs/rpc/call_context.h"
#include "libs/telemetry/trace.h"

namespace bordergate::rpc {

struct CallOptions {
  // When the caller stops waiting; always set.
  SteadyInstant deadline;
  Trace trace;
  // The person behind the call, as a serialized SignedAssertion; empty when the process asks for itself.
  std::string assertion;

  // A call the process makes for itself.
  static CallOptions Own(const Clock& clock, milliseconds at_most) {
    return {clock.SteadyNow() + at_most, Trace::New(), {}};
  }
  // A call on behalf of the one being handled: same person, same trace, and enough time left to answer it.
  static CallOptions Within(const CallContext& call) {
    return {call.deadline - milliseconds(50), call.trace.Child(), call.assertion};
  }
};

}  // namespace bordergate::rpc
