// What yard takes from the other services' events: each its own part of the facts.
#pragma once

#include <optional>

#include "bordergate/customs/v1/customs_service.pb.h"
#include "bordergate/fee/v1/fee_service.pb.h"
#include "bordergate/lane/v1/lane_service.pb.h"

#include "services/yard/domain/gate_desk.h"

namespace bordergate::yard {

// A trip as it is after the event; nothing for an event that is not about a trip.
std::optional<TripFacts> ToTripFacts(const customs::v1::CustomsEvent& event);

// True when the invoice is paid or exempted.
bool IsSettled(const fee::v1::Invoice& invoice);

// A completed passage of a known trip; nothing for every other event.
std::optional<Passing> ToPassing(const lane::v1::LaneEvent& event);

}  // namespace bordergate::yard
