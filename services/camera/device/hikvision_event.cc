// Hikvision's ISAPI, "HTTP listening".
#include <algorithm>

#include <pugixml.hpp>

#include "libs/core/text.h"
#include "services/camera/device/multipart.h"
#include "services/camera/device/pushed_event.h"
#include "services/camera/domain/reasons.h"

namespace bordergate::camera {
namespace {

constexpr size_t kXmlBytesMax = 256 * 1024;

bool IsXml(std::string_view media_type) {
  return media_type == "application/xml" || media_type == "text/xml";
}

bool IsXml(const BodyPart& part) {
  return IsXml(part.content_type) || LowerAscii(part.name).ends_with(".xml");
}

bool IsJpeg(const BodyPart& part) {
  return part.content_type == "image/jpeg" || part.content_type == "image/pjpeg" ||
         LowerAscii(part.name).ends_with(".jpg");
}

Result<PushedEvent> ReadXml(std::string_view xml, int utc_offset_minutes) {
  if (xml.size() > kXmlBytesMax) return Error(kPushUnreadable, "the XML is larger than 256 KiB");
  // pugixml neither fetches nor expands anything; the document type is asked for only to refuse it.
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(
      xml.data(), xml.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!parsed) return Error(kPushUnreadable, "the XML is not well-formed");
  for (const pugi::xml_node& node : document.children()) {
    if (node.type() == pugi::node_doctype) return Error(kPushUnreadable, "XML with a document type");
  }
  const pugi::xml_node alert = document.child("EventNotificationAlert");
  if (!alert) return Error(kPushUnreadable, "the XML is no EventNotificationAlert");
  PushedEvent event;
  event.is_plate = LowerAscii(Trim(alert.child_value("eventType"))) == "anpr";
  event.stated_time = ReadPushedTime(alert.child_value("dateTime"), utc_offset_minutes);
  if (!event.is_plate) return event;
  if (!event.stated_time) return Error(kPushUnreadable, "the plate has no dateTime");
  const pugi::xml_node read = alert.child("ANPR");
  event.plate = std::string(Trim(read.child_value("licensePlate")));
  event.confidence = std::clamp(read.child("confidenceLevel").text().as_double() / 100, 0.0, 1.0);
  return event;
}

}  // namespace

Result<PushedEvent> ReadHikvisionEvent(const PushedBody& body, int utc_offset_minutes) {
  const std::string media_type = MediaTypeOf(body.content_type);
  if (IsXml(media_type)) return ReadXml(body.bytes, utc_offset_minutes);
  if (!media_type.starts_with("multipart/")) return Error(kPushUnsupported, "neither XML nor multipart");
  std::string_view xml;
  std::string_view picture;
  for (const BodyPart& part : BG_TRY(SplitMultipart(body.content_type, body.bytes))) {
    if (IsXml(part)) {
      if (!xml.empty()) return Error(kPushUnreadable, "two parts of XML");
      xml = part.bytes;
    } else if (IsJpeg(part)) {
      // The plate alone, the vehicle, the whole scene: the vehicle is whole in the largest.
      if (part.bytes.size() > picture.size()) picture = part.bytes;
    } else {
      return Error(kPushUnsupported, "a part is neither XML nor JPEG");
    }
  }
  if (xml.empty()) return Error(kPushUnreadable, "no part of XML");
  PushedEvent event = BG_TRY(ReadXml(xml, utc_offset_minutes));
  event.picture = std::string(picture);
  return event;
}

}  // namespace bordergate::camera
