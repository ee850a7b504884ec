// What customs takes from lane's events.
#pragma once

#include <optional>

#include "bordergate/lane/v1/lane_service.pb.h"

#include "services/customs/domain/trip_store.h"

namespace bordergate::customs {

// The crossing that a completed passage of a known trip is; nothing for every other event.
std::optional<Crossing> ToCrossing(const lane::v1::LaneEvent& event);

}  // namespace bordergate::customs
