// How customs follows the other services' events.
#pragma once

#include "bordergate/lane/v1/lane_service.rpc.h"

#include "libs/rpc/consume.h"
#include "services/customs/domain/trip_desk.h"

namespace bordergate::customs {

// lane: a completed passage of a trip makes it crossed.
rpc::Subscription<lane::v1::lane_service::Watch>::Consumer FollowLane(UnitOfWork<TripStore>& trips,
                                                                      const EventBodies& bodies,
                                                                      const Clock& clock);

}  // namespace bordergate::customs
