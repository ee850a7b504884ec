// A transponder (RFID, ISO/IEC 18000-63) that a reader heard.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/core/clock.h"

namespace bordergate::camera {

struct HeardTag {
  std::string tag_id;   // see NormalTagId; empty when the reader did not tell it
  int antenna = 0;      // of the reader, from 1; 0 when it did not tell
  int rssi_cdbm = 0;    // -12,000 to -1; 0 when it did not tell
  Instant stated_time;  // by the reader's clock
};

// The number that a tag's maker locked into it (TID) in upper case; nothing when it is not 16 to 48
// hexadecimal digits, two for each byte.
std::optional<std::string> NormalTagId(std::string_view text);

}  // namespace bordergate::camera
