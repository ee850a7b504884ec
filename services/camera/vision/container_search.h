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
  std::string number;
  double probability = 0;        // as the net says it
  double rival_probability = 0;  // of the next best number whose check digit is right, too
};

// Nothing when no whole number stands there, or when the likeliest text of the form has a wrong check digit:
// the digit proves a read, it never chooses one.
//   log_probabilities   of CharacterReader::Read
std::optional<ContainerText> SearchContainerNumber(const cv::Mat& log_probabilities);

}  // namespace bordergate::camera
