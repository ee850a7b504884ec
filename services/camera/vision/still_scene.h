// Telling cheaply that nothing is new: an eighth of the picture in gray, compared with the last one.
#pragma once

#include <cstdint>
#include <span>

#include <opencv2/core.hpp>

namespace bordergate::camera {

// An eighth of a JPEG in gray; empty when the decoder refuses it. The decoder skips most of the work, so this
// costs a tenth of decoding the whole. Its header must have been judged (ReadPictureHeader).
cv::Mat SmallGray(std::span<const uint8_t> jpeg);

// Mean difference of gray values; 255 when the sizes differ.
double MeanDifference(const cv::Mat& a, const cv::Mat& b);

}  // namespace bordergate::camera
