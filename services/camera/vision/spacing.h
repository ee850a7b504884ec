// Whether a plate's characters stand as its makers set them. A digit that light or dirt took away leaves a
// gap or puts its line off the middle, and what is left can be a plate: of 30-N7 / 67.89 without its 6 the
// older form 30-N / 7689 remains.
#pragma once

#include <string_view>
#include <vector>

#include <opencv2/core.hpp>

#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

// The step at which each character of `text` stands, from 0; empty when the text cannot stand there.
//   log_probabilities   of CharacterReader::Read
//   text                of the reader's charset, in the order in which it stands
std::vector<double> PlacesOf(const cv::Mat& log_probabilities, std::u32string_view text);

// True for a Vietnamese plate of four digits that may be one of five. Other plates have no shorter form.
//   places   of PlacesOf, for the whole text
bool MayHaveLostADigit(std::u32string_view text, Layout layout, int steps, const std::vector<double>& places);

}  // namespace bordergate::camera
