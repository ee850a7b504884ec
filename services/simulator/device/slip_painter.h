// What the camera at a driver's window sees: nothing much, or the slip that he holds before it.
#pragma once

#include <cstdint>
#include <string>

#include <opencv2/core/mat.hpp>

namespace bordergate::simulator {

// 1280 x 720, blue-green-red.
//   slip         text of the code on the paper; empty: nobody holds one
//   noise_seed   another grain, and another turn of the hand, for another number
cv::Mat PaintWindow(const std::string& slip, uint64_t noise_seed);

}  // namespace bordergate::simulator
