#include "services/camera/device/tag_report.h"

#include <cmath>

#include "libs/core/check.h"
#include "services/camera/device/tag_json.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {

Result<TagReport> ReadTagReport(TagFormat format, const PushedBody& body) {
  switch (format) {
    case TagFormat::kImpinj:
      return ReadImpinjEvents(body);
    case TagFormat::kZebra:
      return ReadZebraEvents(body);
  }
  BG_CHECK(false, "every format is named above");
}

Result<Json> ReadTagJson(const PushedBody& body) {
  if (!IsJsonType(body.content_type)) return Error(kPushUnsupported, "the content type is not JSON");
  Json json = ParseBoundedJson(body.bytes, {.depth_max = 8, .values_max = 20'000});
  if (!json.is_array() && !json.is_object())
    return Error(kPushUnreadable, "the JSON is not well-formed, or larger than such a message is");
  return json;
}

Result<std::string> TagIdOf(const Json& value) {
  if (value.is_null()) return std::string();
  const std::string text = TextOf(value);
  if (value.is_string() && text.empty()) return text;
  auto tag_id = NormalTagId(text);
  if (!tag_id) return Error(kPushUnreadable, "a TID is not 16 to 48 hexadecimal digits");
  return *std::move(tag_id);
}

Result<int> AntennaOf(const Json& value) {
  constexpr int kAntennaMax = 64;
  if (value.is_null()) return 0;
  const int64_t antenna = value.is_number_integer() ? value.get<int64_t>() : -1;
  if (antenna < 0 || antenna > kAntennaMax)
    return Error(kPushUnreadable, "an antenna is not a number from 0 to 64");
  return static_cast<int>(antenna);
}

int RssiOf(const Json& value, double cdbm) {
  constexpr double kWeakest = -12'000;
  if (!value.is_number()) return 0;
  const double rssi = value.get<double>() * cdbm;
  return rssi >= kWeakest && rssi < 0 ? static_cast<int>(std::lround(rssi)) : 0;
}

}  // namespace bordergate::camera
