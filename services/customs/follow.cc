#include "services/customs/follow.h"

#include "services/customs/peers/lane_events.h"

namespace bordergate::customs {

rpc::Subscription<lane::v1::lane_service::Watch>::Consumer FollowLane(UnitOfWork<TripStore>& trips,
                                                                      const EventBodies& bodies,
                                                                      const Clock& clock) {
  return rpc::ConsumeInto<lane::v1::lane_service::Watch>(
      trips, clock, "lane",
      [&bodies, &clock](TripStore& store, const lane::v1::LaneEvent& event,
                        std::vector<NewEvent>& told) -> Result<void> {
        const std::optional<Crossing> crossing = ToCrossing(event);
        if (!crossing) return {};
        TripDesk desk(store, bodies, {"service:lane", event.header().trace_id()}, clock.Now());
        BG_TRY(desk.Cross(*crossing));
        for (NewEvent& one : desk.TakeEvents()) told.push_back(std::move(one));
        return {};
      });
}

}  // namespace bordergate::customs
