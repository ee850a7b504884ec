// Why the public door itself refuses a request. Everything else comes from the services, by their own
// reasons.
#pragma once

#include "libs/core/result.h"

namespace bordergate::gateway {

// Nothing answers at this path.
// Caller: compare the path with the reference at /docs.
inline constexpr Reason kPathUnknown{"PATH_UNKNOWN", Code::kNotFound};

// The path is known, but not with this method.
// Caller: use a method that the header Allow names.
inline constexpr Reason kMethodNotAllowed{"METHOD_NOT_ALLOWED", Code::kUnimplemented};

// The request is not well-formed HTTP, or its path or query is malformed.
// Caller: correct the program that sends it.
inline constexpr Reason kRequestMalformed{"REQUEST_MALFORMED", Code::kInvalidArgument};

// The request line and header fields together are too large.
// Caller: send fewer or shorter header fields; too many cookies are the usual cause.
inline constexpr Reason kHeaderTooLarge{"HEADER_TOO_LARGE", Code::kInvalidArgument};

// The request took too long to arrive.
// Caller: send it again, on a better connection.
inline constexpr Reason kRequestTooSlow{"REQUEST_TOO_SLOW", Code::kDeadlineExceeded};

// The body is larger than the public door takes.
// Caller: send less at once.
inline constexpr Reason kBodyTooLarge{"BODY_TOO_LARGE", Code::kInvalidArgument};

// The body is not JSON, or names a key twice.
// Caller: correct the place named in the detail.
inline constexpr Reason kBodyMalformed{"BODY_MALFORMED", Code::kInvalidArgument};

// The body is nested too deeply or holds too many values.
// Caller: send a flatter or smaller body.
inline constexpr Reason kBodyTooComplex{"BODY_TOO_COMPLEX", Code::kInvalidArgument};

// The body is of another media type than application/json.
// Caller: send JSON with "Content-Type: application/json".
inline constexpr Reason kContentTypeUnsupported{"CONTENT_TYPE_UNSUPPORTED", Code::kInvalidArgument};

// A change was asked for without the header Idempotency-Key.
// Caller: make a new key for each new change, for example a UUID, and repeat a lost request under the same
// key.
inline constexpr Reason kIdempotencyKeyMissing{"IDEMPOTENCY_KEY_MISSING", Code::kInvalidArgument};

// A browser sent its session with a request that another site made it send.
// Caller: send changes from the console's own pages, with the header "X-Session: cookie".
inline constexpr Reason kCrossSiteRefused{"CROSS_SITE_REFUSED", Code::kPermissionDenied};

// The caller sent more requests than it may in this time.
// Caller: wait as long as Retry-After says.
inline constexpr Reason kRateExceeded{"RATE_EXCEEDED", Code::kResourceExhausted};

// The caller holds as many live streams as it may.
// Caller: close one; a browser shares one stream among its tabs.
inline constexpr Reason kStreamsExceeded{"STREAMS_EXCEEDED", Code::kResourceExhausted};

// Too many connections are open.
// Caller: wait a moment, then connect again.
inline constexpr Reason kConnectionsExceeded{"CONNECTIONS_EXCEEDED", Code::kUnavailable};

// The session behind a live stream has ended or has changed.
// Caller: connect again; sign in when that is refused.
inline constexpr Reason kSessionChanged{"SESSION_CHANGED", Code::kUnauthenticated};

// The descriptors that the program carries cannot be served.
// Caller: correct the proto named in the message; the contract test tells before.
inline constexpr Reason kContractInvalid{"CONTRACT_INVALID", Code::kInternal};

}  // namespace bordergate::gateway
