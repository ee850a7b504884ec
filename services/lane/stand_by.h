// What a lane program does before it has the barriers.
#pragma once

#include <memory>
#include <optional>

#include "libs/core/process.h"
#include "services/lane/config.h"
#include "services/lane/site_barriers.h"
#include "services/lane/store/database.h"

namespace bordergate::lane {

// The exit code of a program whose barrier another has taken. Whoever starts it again starts a standby.
inline constexpr int kTakenExit = 4;

// Waits until this program may take the barriers; of a pair it follows the active one's journal meanwhile.
// The journal; null: the caller opens it. Nothing: the program is to end.
//   errors   JOURNAL_UNAVAILABLE
Result<std::optional<std::unique_ptr<Database>>> StandBy(const Process& process, const LaneConfig& config,
                                                         SiteBarriers& barriers, Telemetry& telemetry,
                                                         const Clock& clock);

// What a lane program answers about itself until it has the barriers: JOURNAL_UNAVAILABLE.
Result<void> StandsBy();

// Ends the program as if it were killed: whatever it still did would be done twice.
void EndWhenTaken(SiteBarriers& barriers, Telemetry& telemetry);

}  // namespace bordergate::lane
