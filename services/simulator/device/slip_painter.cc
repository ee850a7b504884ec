#include "services/simulator/device/slip_painter.h"

#include <opencv2/imgproc.hpp>

#include "libs/slip/qr_code.h"

namespace bordergate::simulator {
namespace {

constexpr int kWidth = 1280;
constexpr int kHeight = 720;
constexpr int kSquarePx = 8;     // before it is turned and made smaller
constexpr double kCodePx = 340;  // the paper's side in the picture
constexpr int kTurns = 5;        // of the hand
constexpr double kTurnDegrees = 4;

cv::Mat Paper(const std::string& text) {
  const QrCode code = MakeQrCode(text);
  const int side = (code.side + 2 * kQrBorder) * kSquarePx;
  cv::Mat paper(side, side, CV_8UC3, cv::Scalar(228, 234, 236));
  for (int y = 0; y < code.side; ++y) {
    for (int x = 0; x < code.side; ++x) {
      if (!code.dark(x, y)) continue;
      const cv::Rect square((x + kQrBorder) * kSquarePx, (y + kQrBorder) * kSquarePx, kSquarePx, kSquarePx);
      paper(square).setTo(cv::Scalar(38, 36, 36));
    }
  }
  return paper;
}

}  // namespace

cv::Mat PaintWindow(const std::string& slip, uint64_t noise_seed) {
  cv::Mat picture(kHeight, kWidth, CV_8UC3, cv::Scalar(92, 88, 84));
  if (!slip.empty()) {
    cv::Mat paper = Paper(slip);
    cv::resize(paper, paper, {static_cast<int>(kCodePx), static_cast<int>(kCodePx)}, 0, 0, cv::INTER_AREA);
    const double turn = kTurnDegrees * (static_cast<double>(noise_seed % kTurns) - (kTurns - 1) / 2.0);
    cv::Mat map = cv::getRotationMatrix2D({kCodePx / 2, kCodePx / 2}, turn, 1);
    map.at<double>(0, 2) += (kWidth - kCodePx) / 2;
    map.at<double>(1, 2) += (kHeight - kCodePx) / 2;
    cv::warpAffine(paper, picture, map, picture.size(), cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
  }
  cv::Mat noise(picture.size(), CV_8UC3);
  cv::RNG random(noise_seed + 1);
  random.fill(noise, cv::RNG::NORMAL, cv::Scalar::all(8), cv::Scalar::all(3));
  cv::add(picture, noise, picture);
  return picture;
}

}  // namespace bordergate::simulator
