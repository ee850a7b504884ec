#include "services/yard/follow.h"

#include "libs/rpc/time.h"
#include "services/yard/peers/peer_events.h"

namespace bordergate::yard {
namespace {

// A consumer whose every event is handed to `apply(desk, event)`; what the desk tells is told after the
// batch.
template <class M, class Apply>
typename rpc::Subscription<M>::Consumer FollowWith(Following following, const std::string& source,
                                                   Apply apply) {
  using Event = typename rpc::Subscription<M>::Event;
  return rpc::ConsumeInto<M>(following.yards, following.clock, source,
                             [following, source, apply](YardStore& store, const Event& event,
                                                        std::vector<NewEvent>& told) -> Result<void> {
                               GateDesk desk(store, following.bodies, following.ids,
                                             {"service:" + source, event.header().trace_id()},
                                             following.clock.Now());
                               BG_TRY(apply(desk, event));
                               for (NewEvent& one : desk.TakeEvents()) told.push_back(std::move(one));
                               return {};
                             });
}

}  // namespace

rpc::Subscription<customs::v1::customs_service::Watch>::Consumer FollowCustoms(Following following) {
  return FollowWith<customs::v1::customs_service::Watch>(
      following, "customs", [](GateDesk& desk, const customs::v1::CustomsEvent& event) -> Result<void> {
        const std::optional<TripFacts> facts = ToTripFacts(event);
        if (!facts) return {};
        return desk.TripChanged(*facts, rpc::ToInstant(event.trip().cross_time()));
      });
}

rpc::Subscription<fee::v1::fee_service::Watch>::Consumer FollowFee(Following following) {
  return FollowWith<fee::v1::fee_service::Watch>(
      following, "fee", [](GateDesk& desk, const fee::v1::FeeEvent& event) -> Result<void> {
        if (!event.has_invoice()) return {};
        return desk.FeeChanged(Id<Trip>(event.invoice().trip_id()), event.invoice().gate_id(),
                               IsSettled(event.invoice()));
      });
}

rpc::Subscription<lane::v1::lane_service::Watch>::Consumer FollowLane(Following following) {
  return FollowWith<lane::v1::lane_service::Watch>(
      following, "lane", [](GateDesk& desk, const lane::v1::LaneEvent& event) -> Result<void> {
        const std::optional<Passing> passing = ToPassing(event);
        if (!passing) return {};
        return desk.TruckPassed(*passing, event.passage().gate_id());
      });
}

}  // namespace bordergate::yard
