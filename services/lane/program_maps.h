// The maps that are part of the programs lane and lane_bench: of barriers' controllers, displays and scales.
#pragma once

#include <vector>

#include "services/lane/device/register_map.h"

namespace bordergate::lane {

std::vector<NamedMap> MapsOfTheProgram();
std::vector<NamedMap> DisplayMapsOfTheProgram();
std::vector<NamedMap> ScaleMapsOfTheProgram();

}  // namespace bordergate::lane
