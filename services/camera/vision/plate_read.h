// What was read from one plate in one picture.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <opencv2/core.hpp>

#include "libs/plate/plate.h"

namespace bordergate::camera {

enum class Layout { kOneLine, kTwoLine };
enum class PlateColour { kWhite, kYellow, kBlue, kRed, kGreen, kBlack };

// "one-line", "two-line"; "white" and so on.
std::string_view LayoutName(Layout layout);
std::string_view ColourName(PlateColour colour);

// Four points in pixels of the picture, clockwise from the plate's own top left.
using Corners = std::array<cv::Point2f, 4>;

struct PlateRead {
  std::string plate;  // normalised, UTF-8, Đ folded to D: "29C12345", "桂F1234挂"
  PlateCountry country = PlateCountry::kVietnam;
  Layout layout = Layout::kOneLine;
  PlateColour colour = PlateColour::kWhite;
  double confidence = 0;                     // 0..1: how often such a read is right
  std::vector<double> character_confidence;  // 0..1, one a character
  Corners corners;
  double height_px = 0;          // of the plate in the picture
  double probability = 0;        // of the text, as the net says it; confidence is made from this,
  double rival_probability = 0;  // that of the next best plate, and the plate's height
  int looks = 1;                 // corners at which it was read: several where it was not clear at first
  bool sure = false;             // false: another plate is nearly as likely; ask, do not open
};

}  // namespace bordergate::camera
