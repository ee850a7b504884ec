#include "services/customs/peers/lane_events.h"

#include "libs/rpc/time.h"

namespace bordergate::customs {

std::optional<Crossing> ToCrossing(const lane::v1::LaneEvent& event) {
  if (event.header().kind() != "passage.completed" || event.passage().trip_id().empty()) return std::nullopt;
  return Crossing{.passage_id = event.passage().passage_id(),
                  .trip_id = Id<Trip>(event.passage().trip_id()),
                  .lane_id = event.passage().lane_id(),
                  .cross_time = rpc::ToInstant(event.passage().leave_time())};
}

}  // namespace bordergate::customs
