// Paints plates by the measures of their standards.
#pragma once

#include <opencv2/core/mat.hpp>

#include "services/simulator/domain/plate_face.h"

namespace bordergate::simulator {

// The plate from straight before, one pixel a millimetre, blue-green-red.
//   wear   0 new, 1 old: dirt and faded colours
//   seed   of the dirt
cv::Mat PaintPlate(const PlateFace& face, double wear, int seed);

}  // namespace bordergate::simulator
