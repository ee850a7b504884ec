// JSON from outside: bounded while it is read, and asked without exceptions.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace bordergate::camera {

using Json = nlohmann::json;

struct JsonBounds {
  int depth_max = 8;
  int values_max = 2000;
};

// Nothing (a null) when it is not well-formed or exceeds the bounds: what lies beyond is dropped while it is
// read.
Json ParseBoundedJson(std::string_view text, const JsonBounds& bounds);

// A null when it is no object or has no such member.
const Json& MemberOf(const Json& object, const char* name);

// Empty when it is no text.
std::string TextOf(const Json& value);

// Whether a content type is JSON.
bool IsJsonType(std::string_view content_type);

}  // namespace bordergate::camera
