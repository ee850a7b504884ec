#include "services/camera/vision/annotate.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <opencv2/freetype.hpp>
#include <opencv2/imgproc.hpp>

#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

const cv::Scalar kSure(60, 200, 60);
const cv::Scalar kUnsure(0, 140, 255);
constexpr int kTextMin_px = 16;
constexpr int kTextMax_px = 48;

}  // namespace

struct Annotator::Font {
  cv::Ptr<cv::freetype::FreeType2> face;
};

Annotator::Annotator(std::unique_ptr<Font> font) : font_(std::move(font)) {}
Annotator::~Annotator() = default;
Annotator::Annotator(Annotator&&) noexcept = default;

Result<Annotator> Annotator::Make(const std::string& font_file) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(font_file, ignored))
    return Error(kFontMissing, fmt::format("{} is not there: install the package fonts-noto-cjk", font_file));
  auto font = std::make_unique<Font>();
  font->face = cv::freetype::createFreeType2();
  font->face->loadFontData(font_file, 0);
  return Annotator(std::move(font));
}

void Annotator::DrawMark(cv::Mat& drawn, const std::string& text, double confidence, bool sure,
                         const Corners& corners) const {
  const int text_px = std::clamp(drawn.rows / 30, kTextMin_px, kTextMax_px);
  const cv::Scalar colour = sure ? kSure : kUnsure;
  std::vector<cv::Point> frame;
  for (const cv::Point2f& corner : corners) frame.emplace_back(corner);
  cv::polylines(drawn, frame, true, colour, std::max(2, text_px / 10), cv::LINE_AA);

  const std::string label = fmt::format("{}{} {:.2f}", text, sure ? "" : "?", confidence);
  const cv::Size size = font_->face->getTextSize(label, text_px, cv::FILLED, nullptr);
  const cv::Rect around = cv::boundingRect(frame);
  // Above the plate, below it where the picture ends; never beyond its edges.
  const int above = around.y - text_px - text_px / 2;
  cv::Point at(around.x, above >= 0 ? above : around.y + around.height + text_px / 4);
  at.x = std::clamp(at.x, 0, std::max(0, drawn.cols - size.width));
  at.y = std::clamp(at.y, 0, std::max(0, drawn.rows - text_px));
  cv::rectangle(drawn, cv::Rect(at, cv::Size(size.width + text_px / 2, text_px * 5 / 4)), colour, cv::FILLED);
  font_->face->putText(drawn, label, at + cv::Point(text_px / 4, 0), text_px, cv::Scalar::all(0), cv::FILLED,
                       cv::LINE_AA, false);
}

cv::Mat Annotator::Draw(const cv::Mat& picture, std::span<const PlateRead> reads,
                        std::span<const ContainerRead> containers) const {
  cv::Mat drawn = picture.clone();
  for (const PlateRead& read : reads) DrawMark(drawn, read.plate, read.confidence, read.sure, read.corners);
  for (const ContainerRead& read : containers)
    DrawMark(drawn, read.number, read.confidence, read.sure, read.corners);
  return drawn;
}

}  // namespace bordergate::camera
