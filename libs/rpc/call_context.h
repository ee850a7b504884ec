// What a handler knows of its call besides the request.
#pragma once

#include <memory>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/unit_of_work.h"
#include "libs/rpc/caller.h"
#include "libs/telemetry/trace.h"

namespace bordergate::rpc {

struct CallContext {
  Caller caller;
  // When the answer is of no more use. Calls made on behalf of this one end earlier (see
  // CallOptions::Within).
  SteadyInstant deadline;
  Trace trace;
  // Serialized SignedAssertion of the caller, to be passed on; empty when nobody is signed in.
  std::string assertion;
  // Full name of the RPC, for example "bordergate.lane.v1.LaneService.OpenBarrier".
  std::string method;

  // What events of this call say of their origin.
  Origin origin() const { return {caller.actor(), trace.trace_id}; }
};

}  // namespace bordergate::rpc
