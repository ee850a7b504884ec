// A transponder that the reader of a lane heard.
#pragma once

#include <algorithm>
#include <string>

#include "libs/core/clock.h"

namespace bordergate::lane {

struct TagRead {
  std::string read_id;  // unique; a repeat is recognised by it
  std::string tag_reader_id;
  std::string lane_id;  // whose antenna heard it
  Instant read_time;    // by the receiving clock
  std::string tag_id;
  int rssi_cdbm = 0;  // hundredths of dBm, below 0; 0: the reader does not say
};

// What one stay of one vehicle has heard of one transponder.
struct HeardTag {
  std::string tag_id;
  int rssi_cdbm = 0;  // the strongest; 0: not known of every read
  SteadyInstant first_at, last_at;
};

// Of two readings of one transponder; what is not known of one is not known.
inline int StrongerOf(int a_cdbm, int b_cdbm) {
  return a_cdbm == 0 || b_cdbm == 0 ? 0 : std::max(a_cdbm, b_cdbm);
}

// One was heard clearly more strongly than the other. What is not known is never clear.
inline bool ClearlyStronger(int rssi_cdbm, int than_cdbm) {
  constexpr int kClearly_cdbm = 300;  // twice the power
  return rssi_cdbm != 0 && than_cdbm != 0 && rssi_cdbm - than_cdbm >= kClearly_cdbm;
}

}  // namespace bordergate::lane
