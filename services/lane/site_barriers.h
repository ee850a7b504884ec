// The barriers of the lanes that this process runs: one driver each, and which of them are whose.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libs/config/site.h"
#include "services/lane/config.h"
#include "services/lane/device/modbus_barrier.h"

namespace bordergate::lane {

class SiteBarriers {
 public:
  struct One {
    SiteLane lane;
    std::unique_ptr<ModbusBarrier> barrier;
  };

  // Makes the drivers; nothing is connected yet.
  //   errors   SITE_INVALID, REGISTER_MAP_INVALID (what is wrong, and where), JOURNAL_UNAVAILABLE (the
  //   folder)
  static Result<std::unique_ptr<SiteBarriers>> Make(const Site& site, const LaneConfig& config,
                                                    const Clock& clock);

  const std::vector<One>& all() const { return barriers_; }
  // Called once a barrier, on the thread that was refused, when another program has taken it.
  void OnTaken(const std::function<void(const std::string& lane_id)>& on_taken);

  // Lanes whose controllers check tokens.
  std::vector<std::string> FencedLanes() const;
  // The tokens that the run before gave, by lane.
  const std::map<std::string, uint64_t>& tokens_before() const { return tokens_before_; }
  // Tells every controller whether the standby has everything. True when most have taken it.
  bool TellStandbyInStep(bool in_step);

 private:
  void KeepToken(const std::string& lane_id, uint64_t token);

  std::string tokens_file_;
  std::map<std::string, uint64_t> tokens_before_;
  std::mutex mutex_;
  std::map<std::string, uint64_t> tokens_;
  std::vector<One> barriers_;
};

}  // namespace bordergate::lane
