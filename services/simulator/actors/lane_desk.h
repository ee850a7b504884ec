// The border guard at the lanes: when a lane asks, looks at the truck that stands there and decides after a
// while; waves back a truck that was refused.
//
// Trucks placed through the control door are left to whoever placed them. One thread at a time.
#pragma once

#include <map>
#include <string>

#include "libs/core/clock.h"
#include "services/simulator/actors/person.h"
#include "services/simulator/domain/road.h"

namespace bordergate::simulator {

// Of our own time: a person who looks at the console wants to be the first sometimes.
struct LaneDeskSettings {
  milliseconds answer_after{12'000};
  milliseconds wave_back_after{10'000};
};

class LaneDesk {
 public:
  LaneDesk(Person& person, Road& road, LaneDeskSettings settings, const Clock& clock);

  // Looks at the lanes once and acts where it is time.
  //   errors   as PublicDoor::Call
  Result<void> Look();

 private:
  struct Attention {
    std::string session_id;
    std::string state;
    SteadyInstant since;
    bool acted = false;
  };

  Result<void> Attend(const Json& lane);
  Result<void> Answer(const std::string& lane_id, const std::string& session_id, const Json& decision,
                      const LaneView::Seen& seen);
  // True: declared, still cleared by every agency, and not a matter of the watch list.
  Result<bool> MayPass(const Json& decision, const Truck& truck);

  Person& person_;
  Road& road_;
  const LaneDeskSettings settings_;
  const Clock& clock_;
  std::map<std::string, Attention> attention_;  // by lane
};

}  // namespace bordergate::simulator
