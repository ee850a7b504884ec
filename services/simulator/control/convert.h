// The control door's JSON.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "libs/core/result.h"
#include "services/simulator/domain/road.h"

namespace bordergate::simulator {

using Json = nlohmann::json;

Json ToJson(const LanePlace& place, const LaneView& view);
Json ToJson(const TruckTruth& truck);
Json ToJson(const TruthRecord& record);

// What was asked to be placed; see README.md, "Control door".
//   errors   INVALID_FIELD with every fault
Result<Truck> ParseTruck(const Json& body);

// A JSON object, or INVALID_FIELD.
Result<Json> ParseObject(const std::string& body);

}  // namespace bordergate::simulator
