// How fee follows the other services' events.
#pragma once

#include "bordergate/customs/v1/customs_service.rpc.h"

#include "libs/rpc/consume.h"
#include "libs/telemetry/telemetry.h"
#include "services/fee/domain/fee_desk.h"

namespace bordergate::fee {

// Says how many trips wait for a tariff: the gauge trips_to_price, and a warning whenever more do.
class WaitingTrips {
 public:
  WaitingTrips(UnitOfWork<FeeStore>& fees, Telemetry& telemetry, const Clock& clock)
      : fees_(fees),
        telemetry_(telemetry),
        clock_(clock),
        gauge_(telemetry.metrics.NewGauge("trips_to_price", "Declared trips that wait for a tariff")) {}

  // Looks. Safe for use by several threads.
  void Report();

 private:
  UnitOfWork<FeeStore>& fees_;
  Telemetry& telemetry_;
  const Clock& clock_;
  Gauge gauge_;
  std::atomic<int64_t> last_ = 0;
};

// customs: a declared trip gets its invoice, a cancelled one loses it, a crossed one owes whatever came
// before.
rpc::Subscription<customs::v1::customs_service::Watch>::Consumer FollowCustoms(UnitOfWork<FeeStore>& fees,
                                                                               const EventBodies& bodies,
                                                                               IdMaker& ids,
                                                                               const Clock& clock,
                                                                               WaitingTrips& waiting);

}  // namespace bordergate::fee
