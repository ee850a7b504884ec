// The wall of a container, drawn, and what is written on it.
#pragma once

#include <string>

#include <opencv2/core.hpp>
#include <opencv2/freetype.hpp>
#include <opencv2/imgproc.hpp>

namespace bordergate::camera {

// The bold face that Debian's fonts-noto-cjk installs.
inline constexpr const char* kBoldFont = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";

// A corrugated wall that fills the picture.
inline cv::Mat ContainerWall() {
  cv::Mat wall(800, 1280, CV_8UC3, cv::Scalar(110, 60, 40));
  for (int x = 0; x < wall.cols; x += 48)
    cv::rectangle(wall, cv::Rect(x, 0, 14, wall.rows), cv::Scalar(96, 50, 33), cv::FILLED);
  return wall;
}

//   at          top left of the line
//   height_px   of its capitals
inline void WriteOn(cv::Mat& wall, const std::string& text, cv::Point at, int height_px) {
  const auto face = cv::freetype::createFreeType2();
  face->loadFontData(kBoldFont, 0);
  // Of this font's size its capitals are three quarters high.
  face->putText(wall, text, at, height_px * 4 / 3, cv::Scalar::all(235), cv::FILLED, cv::LINE_AA, false);
  cv::GaussianBlur(wall, wall, {}, 0.6);  // no lens draws an edge within a pixel
}

}  // namespace bordergate::camera
