// How a plate looks: its measures, colours and lines, for the painter.
//
// source   Vietnam: 520 x 110 mm and 330 x 165 mm since 2020, white, or yellow for commercial transport, blue
// for the
//          State; China: GA 36-2018, 440 x 140 mm, 440 x 220 mm (rear of large vehicles, trailers), 480 x 140
//          mm (new energy)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/result.h"
#include "libs/plate/plate.h"

namespace bordergate::simulator {

enum class PlateColour { kWhite, kYellow, kBlue, kRed, kBlack, kGreen, kYellowGreen };

struct PlateFace {
  PlateCountry country = PlateCountry::kVietnam;
  PlateColour colour = PlateColour::kWhite;
  int width_mm = 520;
  int height_mm = 110;
  std::vector<std::string> lines;  // one or two, as painted: {"29C-123.45"} or {"29C", "123.45"}

  bool two_line() const { return lines.size() == 2; }
};

struct FaceChoice {
  std::optional<bool> two_line;       // unset: as the standard has it for a truck's front
  std::optional<PlateColour> colour;  // unset: as the kind of plate has it; yellow for a Vietnamese truck
};

// For example "yellow"; nothing for another word.
std::optional<PlateColour> FindPlateColour(std::string_view name);

// The face of a plate.
//   plate    as ParsePlate gives it
//   errors   INVALID_FIELD (a new-energy plate has no two-line face)
Result<PlateFace> MakePlateFace(const Plate& plate, const FaceChoice& choice);

// The face of a plate at the rear of a truck or trailer: China's large vehicles carry the two-line one there,
// Vietnamese ones either, new-energy ones that of one line.
PlateFace MakeRearFace(const Plate& plate, bool two_line);

}  // namespace bordergate::simulator
