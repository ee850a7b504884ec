#include "services/camera/vision/slip_finder.h"

#include <ZXing/ReadBarcode.h>
#include <opencv2/imgproc.hpp>

#include "libs/slip/slip.h"

namespace bordergate::camera {
namespace {

// Windscreens carry other codes, too.
constexpr uint8_t kCodesMax = 4;

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

}  // namespace

std::optional<std::string> FindSlip(const cv::Mat& picture) {
  cv::Mat gray;
  cv::cvtColor(picture, gray, cv::COLOR_BGR2GRAY);
  const ZXing::ImageView view(gray.data, gray.cols, gray.rows, ZXing::ImageFormat::Lum,
                              static_cast<int>(gray.step));
  for (const ZXing::Result& code : CodesIn(view)) {
    const std::string text = code.text();
    if (text.starts_with(kSlipPrefix) && text.size() <= kSlipTextMax) return text;
  }
  return std::nullopt;
}

}  // namespace bordergate::camera
