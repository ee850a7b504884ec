// The driver's slip in a picture: a QR code whose text is one of ours. By zxing-cpp.
#pragma once

#include <optional>
#include <string>

#include <opencv2/core.hpp>

namespace bordergate::camera {

// The text of the first code that begins as a slip does, at most 512 characters; nothing: there is none.
// Whether it is customs' word is the lane's to judge. A square of the code needs 3 pixels.
//   picture   8 bit, three channels, blue first
std::optional<std::string> FindSlip(const cv::Mat& picture);

}  // namespace bordergate::camera
