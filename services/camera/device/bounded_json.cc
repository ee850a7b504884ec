#include "services/camera/device/bounded_json.h"

#include "services/camera/device/multipart.h"

namespace bordergate::camera {

Json ParseBoundedJson(std::string_view text, const JsonBounds& bounds) {
  int values = 0;
  bool within = true;
  const Json json = Json::parse(
      text.begin(), text.end(),
      [&](int depth, Json::parse_event_t, Json&) {
        within = within && depth <= bounds.depth_max && ++values <= 4 * bounds.values_max;
        return within;
      },
      false);
  return within && !json.is_discarded() ? json : Json();
}

const Json& MemberOf(const Json& object, const char* name) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string TextOf(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

bool IsJsonType(std::string_view content_type) {
  const std::string media_type = MediaTypeOf(content_type);
  return media_type == "application/json" || media_type == "text/json";
}

}  // namespace bordergate::camera
