// What a reader's net could say, written by hand: each character held for two steps with a blank between.
#pragma once

#include <cmath>
#include <string_view>
#include <vector>

#include <opencv2/core.hpp>

namespace bordergate::camera {

struct Place {
  char32_t likely;
  double share = 0.98;     // of the likely character
  char32_t other = U'\0';  // has nearly all of the rest
};

// Logarithms of probabilities, as of CharacterReader::Read.
inline cv::Mat NetSays(const std::vector<Place>& places, std::u32string_view charset) {
  cv::Mat steps(static_cast<int>(places.size()) * 3 + 1, static_cast<int>(charset.size()) + 1, CV_32F,
                cv::Scalar::all(std::log(1e-6)));
  int t = 0;
  const auto put = [&](char32_t c, double share) {
    const auto k = static_cast<int>(charset.find(c)) + 1;
    steps.at<float>(t, k) = static_cast<float>(std::log(share));
  };
  for (const Place& place : places) {
    for (int i = 0; i < 2; ++i, ++t) {
      put(place.likely, place.share);
      if (place.other != U'\0') put(place.other, 0.999 - place.share);
      steps.at<float>(t, 0) = std::log(0.001F);
    }
    steps.at<float>(t++, 0) = std::log(0.999F);
  }
  steps.at<float>(t, 0) = std::log(0.999F);
  return steps;
}

inline cv::Mat NetSays(std::u32string_view text, std::u32string_view charset) {
  std::vector<Place> places;
  for (const char32_t c : text) places.push_back({c});
  return NetSays(places, charset);
}

}  // namespace bordergate::camera
