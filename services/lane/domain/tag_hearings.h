// Where transponders were heard: antennas of neighbouring lanes overhear each other.
//
// A transponder counts at a lane when no other lane has heard it within 30 s, or when this one heard it
// clearly more strongly than every other; else nowhere. A reader that does not say how strongly leaves
// nothing to compare. Trailers and containers that cameras see are compared so, too, without a strength.
//
// Only what is known of vehicles and trips comes here, and of that at most kTagsMax at a time, the last
// heard. Not safe for use by several threads.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "services/lane/domain/tag_read.h"

namespace bordergate::lane {

class TagHearings {
 public:
  static constexpr size_t kTagsMax = 1024;

  void Heard(const std::string& tag_id, std::string_view lane_id, int rssi_cdbm, SteadyInstant at);

  //   rssi_cdbm   how strongly the lane that asks has heard it at the most
  bool CountsAt(const std::string& tag_id, std::string_view lane_id, int rssi_cdbm, SteadyInstant now) const;

  size_t size() const { return tags_.size(); }

 private:
  struct Hearing {
    int rssi_cdbm = 0;  // the strongest; 0: of one read it is not known
    SteadyInstant at;   // the last
  };
  using Lanes = std::map<std::string, Hearing, std::less<>>;
  static bool IsOver(const Hearing& hearing, SteadyInstant now);
  void MakeRoom(SteadyInstant now);

  std::map<std::string, Lanes> tags_;
};

}  // namespace bordergate::lane
