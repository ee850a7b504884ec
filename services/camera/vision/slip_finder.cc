#include "services/camera/vision/slip_finder.h"

#include <ZXing/ReadBarcode.h>
#include <opencv2/imgproc.hpp>

#include "libs/slip/slip.h"

namespace bordergate::camera {
namespace {

// Windscreens carry other codes, too.
constexpr uint8_t kCodesMax = 4;

// Squares of less than four pixels come to lie so on the pixels that at one place and angle of ten nothing is
// found; enlarged, all are, at 5 ms more. Pictures larger than this show a slip in more pixels anyway.
constexpr double kEnlarged = 1.5;
constexpr size_t kEnlargedPixelsMax = 1920UL * 1080;

ZXing::DecodeHints Hints() {
  return ZXing::DecodeHints()
      .setFormats(ZXing::BarcodeFormat::QRCode)
      .setMaxNumberOfSymbols(kCodesMax)
      .setTryDownscale(false);
}

// A picture that zxing-cpp gives up on holds no code.
ZXing::Results CodesIn(const ZXing::ImageView& view) {
  try {
    return ZXing::ReadBarcodes(view, Hints());
  } catch (const std::exception&) {
    return {};
  }
}

std::optional<std::string> SlipIn(const cv::Mat& gray) {
  const ZXing::ImageView view(gray.data, gray.cols, gray.rows, ZXing::ImageFormat::Lum,
                              static_cast<int>(gray.step));
  for (const ZXing::Result& code : CodesIn(view)) {
    const std::string text = code.text();
    if (text.starts_with(kSlipPrefix) && text.size() <= kSlipTextMax) return text;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> FindSlip(const cv::Mat& picture) {
  cv::Mat gray;
  cv::cvtColor(picture, gray, cv::COLOR_BGR2GRAY);
  std::optional<std::string> text = SlipIn(gray);
  if (text || gray.total() > kEnlargedPixelsMax) return text;
  cv::Mat large;
  cv::resize(gray, large, {}, kEnlarged, kEnlarged, cv::INTER_LINEAR);
  return SlipIn(large);
}

}  // namespace bordergate::camera
