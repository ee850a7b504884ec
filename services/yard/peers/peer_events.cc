#include "services/yard/peers/peer_events.h"

#include "libs/plate/plate.h"
#include "libs/rpc/enums.h"
#include "libs/rpc/time.h"

namespace bordergate::yard {

std::optional<TripFacts> ToTripFacts(const customs::v1::CustomsEvent& event) {
  if (!event.has_trip()) return std::nullopt;
  const customs::v1::Trip& trip = event.trip();
  const auto state = rpc::FromProtoEnum<TripState>(trip.state(), customs::v1::Trip::State_MAX);
  return TripFacts{.trip_id = Id<Trip>(trip.trip_id()),
                   .enterprise_id = Id<Enterprise>(trip.enterprise_id()),
                   .gate_id = trip.gate_id(),
                   .plate_key = PlateKey(trip.vehicle().plate().normalised()),
                   .perishable = trip.perishable(),
                   // A state this program does not know is never taken for a free way.
                   .state = state.value_or(TripState::kHeld)};
}

bool IsSettled(const fee::v1::Invoice& invoice) {
  return invoice.state() == fee::v1::Invoice::STATE_PAID ||
         invoice.state() == fee::v1::Invoice::STATE_EXEMPTED;
}

std::optional<Passing> ToPassing(const lane::v1::LaneEvent& event) {
  if (event.header().kind() != "passage.completed" || event.passage().trip_id().empty()) return std::nullopt;
  return Passing{.passage_id = event.passage().passage_id(),
                 .trip_id = Id<Trip>(event.passage().trip_id()),
                 .pass_time = rpc::ToInstant(event.passage().leave_time())};
}

}  // namespace bordergate::yard
