// Impinj's IoT device interface.
#include "services/camera/device/tag_json.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {

Result<TagReport> ReadImpinjEvents(const PushedBody& body) {
  const Json json = BG_TRY(ReadTagJson(body));
  if (!json.is_array()) return Error(kPushUnreadable, "the message is not an array of events");
  TagReport report;
  for (const Json& event : json) {
    const std::string type = TextOf(MemberOf(event, "eventType"));
    if (type.empty()) return Error(kPushUnreadable, "an event has no eventType");
    if (type != "tagInventory") continue;
    const Json& tag = MemberOf(event, "tagInventoryEvent");
    if (!tag.is_object()) return Error(kPushUnreadable, "a tagInventory event has no tagInventoryEvent");
    // The reader may hold a tag back for its reporting interval: what counts is when it was heard.
    auto time = ReadPushedTime(TextOf(MemberOf(tag, "lastSeenTime")), 0);
    if (!time) time = ReadPushedTime(TextOf(MemberOf(event, "timestamp")), 0);
    if (!time) return Error(kPushUnreadable, "a tag has neither lastSeenTime nor timestamp");
    report.push_back({.tag_id = BG_TRY(TagIdOf(MemberOf(tag, "tidHex"))),
                      .antenna = BG_TRY(AntennaOf(MemberOf(tag, "antennaPort"))),
                      .rssi_cdbm = RssiOf(MemberOf(tag, "peakRssiCdbm"), 1),
                      .stated_time = *time});
  }
  return report;
}

}  // namespace bordergate::camera
