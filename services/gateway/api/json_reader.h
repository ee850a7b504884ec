// JSON from outside, under limits.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "libs/core/result.h"

namespace bordergate::gateway {

using Json = nlohmann::ordered_json;

struct JsonLimits {
  int depth_max = 64;       // arrays and objects inside one another
  int values_max = 20'000;  // objects, arrays, keys and plain values together
};

// Reads one JSON text. The limits are applied while reading, before anything is built.
//   errors   BODY_MALFORMED (no JSON, not UTF-8, a key twice in one object), BODY_TOO_COMPLEX; with the place
Result<Json> ReadJson(std::string_view text, const JsonLimits& limits);

}  // namespace bordergate::gateway
