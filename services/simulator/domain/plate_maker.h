// Well-formed plates as they are seen at the gates of Lạng Sơn and Lào Cai.
#pragma once

#include <string>

#include "libs/plate/plate.h"
#include "services/simulator/domain/chance.h"

namespace bordergate::simulator {

// A truck's plate: half of the Vietnamese ones from the provinces around, most Chinese ones from Guangxi and
// Yunnan, some of them new energy.
Plate MakeTruckPlate(PlateCountry country, Chance& chance);
// A trailer's plate: 12R-001.23, 桂F1234挂.
Plate MakeTrailerPlate(PlateCountry country, Chance& chance);
// The TID of a transponder as tolls hand them out: 96 bits, a maker's and a model's number, then its own.
std::string MakeTagId(Chance& chance);
// The same plate with one character changed into one that looks like it; what a wrong declaration or a forged
// plate has.
Plate MakeLookAlike(const Plate& plate, Chance& chance);

}  // namespace bordergate::simulator
