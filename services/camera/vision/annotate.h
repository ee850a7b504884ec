// Draws what was read into the picture it was read from, for people who look for the reason.
#pragma once

#include <memory>
#include <span>
#include <string>

#include <opencv2/core.hpp>

#include "libs/core/result.h"
#include "services/camera/vision/container_read.h"
#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

class Annotator {
 public:
  // The font that Debian's fonts-noto-cjk installs; it has Latin letters and Chinese characters.
  static constexpr const char* kFont = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

  // Errors: FONT_MISSING.
  static Result<Annotator> Make(const std::string& font_file = kFont);
  ~Annotator();
  Annotator(Annotator&&) noexcept;

  // Each plate and each container number framed, its text and confidence above it: green when sure, orange
  // with a question mark when not.
  //   picture   8-bit BGR; left as it is
  cv::Mat Draw(const cv::Mat& picture, std::span<const PlateRead> reads,
               std::span<const ContainerRead> containers = {}) const;

 private:
  struct Font;
  explicit Annotator(std::unique_ptr<Font> font);
  void DrawMark(cv::Mat& drawn, const std::string& text, double confidence, bool sure,
                const Corners& corners) const;
  std::unique_ptr<Font> font_;
};

}  // namespace bordergate::camera
