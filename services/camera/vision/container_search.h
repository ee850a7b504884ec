// The likeliest container number for what the reader's net says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <opencv2/core.hpp>

namespace bordergate::camera {

// The characters that the net of container numbers knows; class 0 is the blank, character i is class i + 1.
inline constexpr std::u32string_view kContainerCharset = U"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

struct ContainerText {
  std::string text;              // of a number's form
  double probability = 0;        // as the net says it
  double rival_probability = 0;  // of the next best text whose check digit is right
  bool proved = false;           // its check digit is right: it is a number
};

// The likeliest text of a number's form, its check digit right or not: the digit proves a read, it never
// chooses one. Nothing when no such text stands there.
//   log_probabilities   of CharacterReader::Read
std::optional<ContainerText> SearchContainerText(const cv::Mat& log_probabilities);

}  // namespace bordergate::camera
