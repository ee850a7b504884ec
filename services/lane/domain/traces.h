// What was seen and heard of the vehicles before: their plates and the tracks of the cameras that followed
// them.
//
// A rear plate, a trailer or a transponder that was of the vehicle before is not the next one's: not at all
// when that vehicle went through, and not to confirm anything when it went back (it may be the same one
// again, and may not shake off what contradicts it by rolling back a metre). A trace is over when it has not
// been met for 30 s.
//
// At most kTracesMax at a time, the last met. Not safe for use by several threads.
#pragma once

#include <map>
#include <string>

#include "services/lane/domain/moment.h"

namespace bordergate::lane {

class Traces {
 public:
  static constexpr size_t kTracesMax = 64;
  enum class Of { kNobody, kGoneThrough, kWentBack };

  void Leave(const std::string& trace, bool went_through, SteadyInstant now);
  // Whose it is; it is met by that.
  Of Meet(const std::string& trace, SteadyInstant now);

 private:
  struct Trace {
    bool went_through = false;
    SteadyInstant met;
  };
  std::map<std::string, Trace> traces_;
};

}  // namespace bordergate::lane
