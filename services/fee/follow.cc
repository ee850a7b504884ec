#include "services/fee/follow.h"

#include "services/fee/peers/customs_events.h"

namespace bordergate::fee {
namespace {

namespace customs_methods = customs::v1::customs_service;

constexpr seconds kLookTime{5};

Result<void> ApplyTrip(FeeDesk& desk, const customs::v1::CustomsEvent& event) {
  const std::string& kind = event.header().kind();
  if (kind == "trip.declared") return desk.PriceTrip(ToTripToPrice(event.trip()));
  if (kind == "trip.cancelled") return desk.DropTrip(Id<Trip>(event.trip().trip_id()));
  if (kind == "trip.crossed") return desk.ChargeCrossedTrip(ToTripToPrice(event.trip()));
  return {};
}

}  // namespace

void WaitingTrips::Report() {
  int64_t count = 0;
  const Result<void> looked =
      fees_.Read(clock_.SteadyNow() + kLookTime, [&](FeeStore& store) -> Result<void> {
        count = BG_TRY(store.CountUnpriced());
        return {};
      });
  if (!looked) return;
  gauge_.Set(static_cast<double>(count));
  if (count > last_.exchange(count)) {
    telemetry_.log.Warning("trips.not_priced",
                           "trips wait for a tariff: none is in force for them, or no line fits",
                           {{"trips_count", count}});
  }
}

rpc::Subscription<customs_methods::Watch>::Consumer FollowCustoms(UnitOfWork<FeeStore>& fees,
                                                                  const EventBodies& bodies, IdMaker& ids,
                                                                  const Clock& clock, WaitingTrips& waiting) {
  auto consumer = rpc::ConsumeInto<customs_methods::Watch>(
      fees, clock, "customs",
      [&bodies, &ids, &clock](FeeStore& store, const customs::v1::CustomsEvent& event,
                              std::vector<NewEvent>& told) -> Result<void> {
        FeeDesk desk(store, bodies, ids, {"service:fee", event.header().trace_id()}, clock.Now());
        BG_TRY(ApplyTrip(desk, event));
        for (NewEvent& one : desk.TakeEvents()) told.push_back(std::move(one));
        return {};
      });
  consumer.apply = [&waiting, apply = std::move(consumer.apply)](const auto& events,
                                                                 int64_t head) -> Result<void> {
    BG_TRY(apply(events, head));
    waiting.Report();
    return {};
  };
  return consumer;
}

}  // namespace bordergate::fee
