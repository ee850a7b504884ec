// Follows the events that report's read models are made of.
#pragma once

#include <memory>
#include <string>

#include "libs/config/common_config.h"
#include "libs/core/clock.h"
#include "libs/telemetry/telemetry.h"
#include "services/report/domain/report_store.h"

namespace bordergate::report {

struct PeersConfig {
  std::string customs;
  std::string fee;
  std::string yard;
  std::string lane;
};

// From construction until destruction. Each event takes effect once, in the transaction that stores how far
// the source was followed.
class EventFeeds {
 public:
  EventFeeds(const PeersConfig& peers, const TlsConfig& tls, UnitOfWork<ReportStore>& reports,
             Telemetry& telemetry, const Clock& clock);
  ~EventFeeds();

  // Age of the source that was heard of longest ago; nothing when one was never heard of.
  std::optional<milliseconds> OldestAge() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordergate::report
