// Follows the events of every service whose facts may be agreed on, and cuts each partner's messages from
// them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/config/common_config.h"
#include "libs/core/clock.h"
#include "libs/rpc/bell.h"
#include "libs/telemetry/telemetry.h"
#include "services/exchange/domain/exchange_store.h"

namespace bordergate::exchange {

struct PeersConfig {
  std::string vehicle;
  std::string customs;
  std::string fee;
  std::string yard;
  std::string lane;
};

// From construction until destruction. Each event becomes at most one message a partner, in the transaction
// that stores how far the source was followed.
class EventFeeds {
 public:
  EventFeeds(const PeersConfig& peers, const TlsConfig& tls, UnitOfWork<ExchangeStore>& exchange,
             rpc::Bell& bell, Telemetry& telemetry, const Clock& clock);
  ~EventFeeds();

 private:
  struct Feed;
  std::vector<std::unique_ptr<Feed>> feeds_;
};

}  // namespace bordergate::exchange
