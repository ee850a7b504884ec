// How yard follows the other services' events.
#pragma once

#include "bordergate/customs/v1/customs_service.rpc.h"
#include "bordergate/fee/v1/fee_service.rpc.h"
#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/rpc/consume.h"
#include "services/yard/domain/gate_desk.h"

namespace bordergate::yard {

// What every consumer needs.
struct Following {
  UnitOfWork<YardStore>& yards;
  const EventBodies& bodies;
  IdMaker& ids;
  const Clock& clock;
};

// customs: which trips are expected, and what their agencies have done.
rpc::Subscription<customs::v1::customs_service::Watch>::Consumer FollowCustoms(Following following);
// fee: whether a trip's fee is settled.
rpc::Subscription<fee::v1::fee_service::Watch>::Consumer FollowFee(Following following);
// lane: which trucks went through.
rpc::Subscription<lane::v1::lane_service::Watch>::Consumer FollowLane(Following following);

}  // namespace bordergate::yard
