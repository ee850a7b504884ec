// The register maps that are part of the programs lane and lane_bench.
#pragma once

#include <vector>

#include "services/lane/device/register_map.h"

namespace bordergate::lane {

std::vector<NamedMap> MapsOfTheProgram();

}  // namespace bordergate::lane
