// The bytes that a service answered, as the outside sees them.
#pragma once

#include <string>
#include <string_view>

#include "libs/core/result.h"
#include "libs/http/message.h"
#include "services/gateway/api/contract.h"

namespace bordergate::gateway {

// JSON on one line: names as in the proto, every field printed, 64-bit integers as strings, enums by name,
// times RFC 3339. Reason: INTERNAL (a time that RFC 3339 cannot name, and the like).
Result<std::string> ToJson(const Contract& contract, const google::protobuf::Descriptor& message,
                           const std::string& bytes);

// The answer to a unary call: JSON, or the content field raw with its own media type. Types that a browser
// could run are sent as application/octet-stream. Reason: INTERNAL.
Result<http::Response> MakeAnswer(const Contract& contract, const Endpoint& endpoint,
                                  const std::string& bytes);

// Takes `session_token` out of a JSON answer. Reason: INTERNAL (there is none).
Result<std::string> TakeSessionToken(http::Response& response);

// The value of an int64 field of a serialized message; 0 when absent.
int64_t ReadInt64(std::string_view bytes, int field_number);

}  // namespace bordergate::gateway
