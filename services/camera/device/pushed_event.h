// What a camera that reads plates itself sends, whoever made it. The formats are those their makers document:
//
//   Hikvision   ISAPI "HTTP listening": XML <EventNotificationAlert>, alone or in a multipart body with its
//               pictures
//   Dahua       ITSAPI: JSON, pictures as base64; its sign of life (KeepAlive) and DeviceInfo hold no
//   "Picture"
//
// Everything a camera sends is taken as hostile: sizes, depth and parts are bounded, XML with a document type
// (the only way to entities) is refused, and a message is read whole or not at all.
// Source: decision 0030.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/core/clock.h"
#include "libs/core/result.h"

namespace bordergate::camera {

struct PushedEvent {
  bool is_plate = false;                 // false: only a sign of life
  std::string plate;                     // as the camera wrote it; empty when it read none
  double confidence = 0;                 // 0 to 1, as the camera says it
  std::optional<Instant> stated_time{};  // by the camera's clock; every plate has one
  std::string picture;                   // the largest JPEG of the message; empty when there is none
};

struct PushedBody {
  std::string_view content_type;
  std::string_view bytes;
};

enum class PushFormat { kHikvision, kDahua };

//   utc_offset_minutes   of the clock on the wall at the gate, for times that are written without their zone
//   errors               those of the format
Result<PushedEvent> ReadPushedEvent(PushFormat format, const PushedBody& body, int utc_offset_minutes);

//   errors   PUSH_UNSUPPORTED   neither XML nor multipart, or a part is neither XML nor JPEG
//            PUSH_UNREADABLE    multipart without its end or its XML; XML that is not well-formed, has a
//                               document type or another root; a plate without its time
Result<PushedEvent> ReadHikvisionEvent(const PushedBody& body, int utc_offset_minutes);

//   errors   PUSH_UNSUPPORTED   the content type is not JSON
//            PUSH_UNREADABLE    JSON that is not well-formed, is deeper than 8 or holds more than 2000
//                               values; a plate without its time; a picture that is no base64
Result<PushedEvent> ReadDahuaEvent(const PushedBody& body, int utc_offset_minutes);

// RFC 3339, or the same without its zone ("2026-11-22 14:05:09.250"), then by the clock on the wall;
// between 1970 and 9999.
std::optional<Instant> ReadPushedTime(std::string_view text, int utc_offset_minutes);

}  // namespace bordergate::camera
