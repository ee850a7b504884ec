// Errors as the outside sees them: application/problem+json (RFC 9457). One place maps reasons to HTTP
// statuses.
#pragma once

#include <string>
#include <string_view>

#include "libs/core/result.h"
#include "libs/http/message.h"

namespace bordergate::gateway {

// The HTTP status of an error: by its reason where HTTP has a status of that meaning, else by its code.
int HttpStatusOf(const Error& error);

// Seconds after which a repeat makes sense; nothing when a repeat does not help.
std::optional<int> RetryAfterOf(const Error& error);

// {
//   "type": "/docs/errors#HS_CODE_INVALID", "title": "Hs code invalid", "status": 400, "detail": "…",
//   "reason": "INVALID_FIELD", "request_id": "…",
//   "errors": [{"pointer": "/goods/0/hs_code", "reason": "HS_CODE_INVALID", "detail": "…"}],
//   "params": {"trip_id": "…"}
// }
std::string ProblemJson(const Error& error, std::string_view request_id);

// The problem as an answer, with Retry-After where it helps and WWW-Authenticate for 401.
http::Response MakeProblem(const Error& error, std::string_view request_id);

// "goods[0].hs_code" -> "/goods/0/hs_code" (RFC 6901).
std::string JsonPointer(std::string_view field_path);

// The problem for a request that never reached a handler (see http::ServerOptions::make_fault).
Error FaultError(int http_status, std::string_view why);

}  // namespace bordergate::gateway
