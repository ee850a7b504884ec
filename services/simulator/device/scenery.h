// What a lane's camera sees with nobody there: road, islands, loops, booth.
#pragma once

#include <string>

#include <opencv2/core/mat.hpp>

#include "services/simulator/device/lens.h"

namespace bordergate::simulator {

cv::Mat PaintScenery(const Lens& lens, bool night);

// The same for a camera that looks from behind, the way the trucks drive.
cv::Mat PaintSceneryFromBehind(const Lens& lens, bool night);

// The words a camera writes into its pictures, for example "HỮU NGHỊ X1", as a small picture.
cv::Mat PaintCaption(const std::string& text);

}  // namespace bordergate::simulator
