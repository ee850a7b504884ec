// Which transponders the antenna above a lane hears at one moment. Pure but for its draws.
#pragma once

#include <string>
#include <vector>

#include "services/simulator/domain/chance.h"
#include "services/simulator/domain/lane_world.h"

namespace bordergate::simulator {

struct HeardTag {
  std::string tag_id;
  int rssi_cdbm = 0;  // hundredths of dBm; nearer to 0 is stronger
};

// The transponder sits behind the windscreen, and the antenna looks at whoever stands at the arming loop. Now
// and then a look misses it; now and then it overhears, weaker, who stands in a lane beside.
std::vector<HeardTag> HearTags(const LaneView& own, const std::vector<LaneView>& beside, Chance& chance);

// True while it may hear anybody.
bool MayHearTags(const LaneView& own, const std::vector<LaneView>& beside);

}  // namespace bordergate::simulator
