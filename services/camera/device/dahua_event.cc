// Dahua's ITSAPI.
#include <algorithm>
#include <array>

#include "libs/core/digest.h"
#include "libs/core/text.h"
#include "services/camera/device/bounded_json.h"
#include "services/camera/device/pushed_event.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

Result<std::string> PictureOf(const Json& picture, const char* name) {
  const std::string text = TextOf(MemberOf(MemberOf(picture, name), "Content"));
  std::string_view base64 = Trim(text);
  constexpr std::string_view kMark = "base64,";
  if (base64.starts_with("data:")) {
    const size_t at = base64.substr(0, 64).find(kMark);
    if (at == std::string_view::npos) return Error(kPushUnreadable, "a picture is no base64");
    base64.remove_prefix(at + kMark.size());
  }
  auto bytes = ParseBase64(base64);
  if (!bytes) return Error(kPushUnreadable, "a picture is no base64");
  return *std::move(bytes);
}

}  // namespace

Result<PushedEvent> ReadDahuaEvent(const PushedBody& body, int utc_offset_minutes) {
  if (!IsJsonType(body.content_type)) return Error(kPushUnsupported, "the content type is not JSON");
  const Json json = ParseBoundedJson(body.bytes, {.depth_max = 8, .values_max = 2000});
  if (!json.is_object())
    return Error(kPushUnreadable, "the JSON is not well-formed, or larger than an event is");
  PushedEvent event;
  const Json& picture = MemberOf(json, "Picture");
  if (picture.is_null()) return event;
  event.is_plate = true;
  const Json& plate = MemberOf(picture, "Plate");
  event.plate = std::string(Trim(TextOf(MemberOf(plate, "PlateNumber"))));
  const Json& confidence = MemberOf(plate, "Confidence");
  if (confidence.is_number()) {
    const double said = confidence.get<double>();
    event.confidence = std::clamp(said > 1 ? said / 100 : said, 0.0, 1.0);
  }
  const Json& snap = MemberOf(picture, "SnapInfo");
  event.stated_time = ReadPushedTime(TextOf(MemberOf(snap, "AccurateTime")), utc_offset_minutes);
  if (!event.stated_time)
    event.stated_time = ReadPushedTime(TextOf(MemberOf(snap, "SnapTime")), utc_offset_minutes);
  if (!event.stated_time) return Error(kPushUnreadable, "the plate has neither AccurateTime nor SnapTime");
  for (const char* name : {"NormalPic", "VehiclePic", "CutoutPic"}) {
    std::string bytes = BG_TRY(PictureOf(picture, name));
    if (bytes.size() > event.picture.size()) event.picture = std::move(bytes);
  }
  return event;
}

}  // namespace bordergate::camera
