// An HTTP request as the bytes of the message that its RPC takes.
#pragma once

#include <string>

#include "libs/core/result.h"
#include "libs/http/message.h"
#include "services/gateway/api/contract.h"
#include "services/gateway/api/json_reader.h"

namespace bordergate::gateway {

// Body, query, path and the headers Idempotency-Key and Last-Event-ID, put together and checked at once.
//   variables   what the path says, by field
//   errors      CONTENT_TYPE_UNSUPPORTED, BODY_MALFORMED, BODY_TOO_COMPLEX, IDEMPOTENCY_KEY_MISSING,
//               INVALID_FIELD with every fault, at most 100: those of request_check.h and
//                 PARAMETER_UNKNOWN    a query parameter that is no field, or any where the body holds the
//                 fields PARAMETER_REPEATED   a query parameter given twice that is no list FIELD_ELSEWHERE
//                 a field of the body that comes from the path or a header, with another value
Result<std::string> BuildRequest(const Contract& contract, const Endpoint& endpoint,
                                 const http::Request& request, const RouteTable::Variables& variables,
                                 const JsonLimits& limits);

}  // namespace bordergate::gateway
