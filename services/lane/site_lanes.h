// The lanes of the site over their barriers: one host and one polling thread each.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libs/config/site.h"
#include "services/lane/api/lane_host.h"
#include "services/lane/config.h"
#include "services/lane/device/barrier_poller.h"
#include "services/lane/device/display_poster.h"
#include "services/lane/device/scale_poller.h"
#include "services/lane/site_barriers.h"
#include "services/lane/store/sqlite_journal.h"

namespace bordergate::lane {

class SiteLanes {
 public:
  // Makes every lane of the site that this process runs, as the last run left it. Nothing moves yet.
  //   errors   JOURNAL_UNAVAILABLE, REGISTER_MAP_INVALID (of a display or a scale)
  static Result<std::unique_ptr<SiteLanes>> Make(const Site& site, const LaneConfig& config,
                                                 const SiteBarriers& barriers, SqliteJournal& journal,
                                                 LaneServices services, EvidenceKeeper& evidence);

  Lanes& lanes() { return lanes_; }
  LaneBoard& board() { return board_; }
  // From now on controllers and scales are polled.
  void StartPolling(milliseconds barriers, milliseconds scales);

 private:
  LaneBoard board_;
  std::vector<std::unique_ptr<DisplayPoster>> displays_;  // of the lanes that have one
  std::vector<ModbusBarrier*> barriers_;                  // in the order of hosts_
  std::vector<LaneHost*> hosts_;
  Lanes lanes_;
  std::vector<std::pair<std::unique_ptr<Scale>, LaneHost*>> scales_;  // until they are polled
  std::vector<std::unique_ptr<BarrierPoller>> pollers_;  // last: their threads use all of the above
  std::vector<std::unique_ptr<ScalePoller>> scale_pollers_;
};

// The lanes of the site that this process runs.
//   errors   SITE_INVALID (a gate id that the site does not have, or no lane is left)
Result<std::vector<SiteLane>> LanesToRun(const Site& site, const std::vector<std::string>& gate_ids);

// The checkpoints these lanes stand at, each once.
std::vector<std::string> CheckpointsOf(const std::vector<SiteLane>& lanes);

}  // namespace bordergate::lane
