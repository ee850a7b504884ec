// Waits until this program may take the barriers; see domain/takeover.h for the rule.
#pragma once

#include <functional>

#include "libs/telemetry/telemetry.h"
#include "services/lane/site_barriers.h"

namespace bordergate::lane {

struct TurnSettings {
  Takeover::Settings takeover;
  milliseconds look_every{100};
};

// True: it may, and the barriers know from whom to take them. False: `stopped` said so.
//   standby_whole   see Takeover::MayTake
//   stopped         waits for as long as it is given, or until the program is to end
bool WaitForTurn(SiteBarriers& barriers, const TurnSettings& settings, Telemetry& telemetry,
                 const Clock& clock, const std::function<bool()>& standby_whole,
                 const std::function<bool(milliseconds)>& stopped);

}  // namespace bordergate::lane
