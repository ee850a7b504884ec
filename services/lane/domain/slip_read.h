// What a reader of slips saw in one frame, judged as far as the slip itself goes.
#pragma once

#include <memory>
#include <string>

#include "libs/slip/slip.h"

namespace bordergate::lane {

struct SlipRead {
  std::string read_id;  // unique; a repeat is recognised by it
  std::string camera_id;
  std::string lane_id;
  Instant frame_time;  // by the receiving clock
  std::string fault;   // SLIP_MALFORMED, SLIP_KEY_UNKNOWN or SLIP_FORGED; empty: customs' word
  Slip slip;           // good when there is no fault
  std::shared_ptr<const std::string> picture;  // JPEG; null when the reader sent none
};

}  // namespace bordergate::lane
