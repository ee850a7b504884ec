// The forms a firm fills in, as the public door takes them.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "libs/core/clock.h"
#include "services/simulator/domain/population.h"
#include "services/simulator/domain/traffic.h"

namespace bordergate::simulator {

nlohmann::json EnterpriseForm(const Firm& firm);
nlohmann::json VehicleForm(const FleetTruck& truck);
nlohmann::json TrailerForm(const FleetTruck& truck);
nlohmann::json DriverForm(const Driver& driver);

// The declaration of a trip.
//   driver_id   as the platform named the driver
//   now         the truck is expected an hour later
nlohmann::json TripForm(const PlannedTrip& trip, const FleetTruck& truck, const std::string& gate_id,
                        const std::string& driver_id, const std::string& phone, Instant now);

}  // namespace bordergate::simulator
