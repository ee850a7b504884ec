// What handlers of changes share: the key of a request, and the answer that was kept for it.
#pragma once

#include <string>

#include "libs/core/check.h"
#include "libs/core/digest.h"
#include "libs/core/unit_of_work.h"
#include "libs/rpc/call_context.h"
#include "libs/rpc/once.h"

namespace bordergate::lane {

inline constexpr int kRemarkMax = 500;

template <class Request>
RequestKey KeyOf(const rpc::CallContext& call, const Request& request) {
  return {call.caller.actor(), call.method, request.request_id(), Sha256(rpc::SerializeCanonical(request))};
}

template <class Response>
Result<Response> Parse(const std::string& bytes) {
  Response response;
  BG_CHECK(response.ParseFromString(bytes), "an answer that was kept can be read");
  return response;
}

}  // namespace bordergate::lane
