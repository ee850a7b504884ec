// Zebra's IoT Connector.
#include "services/camera/device/tag_json.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

// "2026-11-22T07:05:09.250+0000": a zone without its colon.
std::optional<Instant> TimeOf(const Json& value) {
  const std::string text = TextOf(value);
  const size_t sign = text.size() < 5 ? 0 : text.size() - 5;
  if (sign == 0 || (text[sign] != '+' && text[sign] != '-')) return ReadPushedTime(text, 0);
  return ReadPushedTime(text.substr(0, sign + 3) + ":" + text.substr(sign + 3), 0);
}

Result<void> ReadEvent(const Json& event, TagReport& report) {
  if (!event.is_object()) return Error(kPushUnreadable, "an event is no object");
  const Json& data = MemberOf(event, "data");
  if (MemberOf(data, "idHex").is_null() && MemberOf(data, "TID").is_null()) return {};
  const auto time = TimeOf(MemberOf(event, "timestamp"));
  if (!time) return Error(kPushUnreadable, "a tag has no timestamp");
  report.push_back({.tag_id = BG_TRY(TagIdOf(MemberOf(data, "TID"))),
                    .antenna = BG_TRY(AntennaOf(MemberOf(data, "antenna"))),
                    .rssi_cdbm = RssiOf(MemberOf(data, "peakRssi"), 100),
                    .stated_time = *time});
  return {};
}

}  // namespace

Result<TagReport> ReadZebraEvents(const PushedBody& body) {
  const Json json = BG_TRY(ReadTagJson(body));
  TagReport report;
  if (json.is_object()) {
    BG_TRY(ReadEvent(json, report));
    return report;
  }
  for (const Json& event : json) BG_TRY(ReadEvent(event, report));
  return report;
}

}  // namespace bordergate::camera
