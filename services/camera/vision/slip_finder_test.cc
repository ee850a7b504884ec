// Goal: a slip that a driver holds before the camera is found, as people hold paper; nothing else is taken
// for one. Method: codes drawn by libqrencode into pictures of a camera: small, turned, tilted, compressed,
// beside others.
#include "services/camera/vision/slip_finder.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "libs/slip/qr_code.h"

namespace bordergate::camera {
namespace {

// As long as a slip's text is.
const std::string kSlipText = "BG1:" + std::string(216, 'X');

cv::Mat PaperWith(const std::string& text, double square_px) {
  constexpr int kDrawnPx = 8;
  const QrCode code = MakeQrCode(text);
  const int side = (code.side + 2 * kQrBorder) * kDrawnPx;
  cv::Mat paper(side, side, CV_8UC3, cv::Scalar::all(235));
  for (int y = 0; y < code.side; ++y) {
    for (int x = 0; x < code.side; ++x) {
      const cv::Rect square((x + kQrBorder) * kDrawnPx, (y + kQrBorder) * kDrawnPx, kDrawnPx, kDrawnPx);
      if (code.dark(x, y)) paper(square).setTo(cv::Scalar::all(30));
    }
  }
  cv::resize(paper, paper, {}, square_px / kDrawnPx, square_px / kDrawnPx, cv::INTER_AREA);
  return paper;
}

cv::Mat Window() { return {720, 1280, CV_8UC3, cv::Scalar(92, 88, 84)}; }

// The paper's left upper corner at a place; turned by degrees; its right side smaller by `tilt`.
void Hold(const cv::Mat& paper, cv::Point2f at, double degrees, float tilt, cv::Mat& window) {
  const auto side = static_cast<float>(paper.cols);
  std::vector<cv::Point2f> corners = {{0, 0}, {side, tilt * side}, {side, side - tilt * side}, {0, side}};
  const cv::Mat turn = cv::getRotationMatrix2D({side / 2, side / 2}, degrees, 1);
  cv::transform(corners, corners, turn);
  for (cv::Point2f& corner : corners) corner += at;
  const std::vector<cv::Point2f> flat = {{0, 0}, {side, 0}, {side, side}, {0, side}};
  cv::warpPerspective(paper, window, cv::getPerspectiveTransform(flat, corners), window.size(),
                      cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
}

cv::Mat AsSent(const cv::Mat& picture) {
  std::vector<uint8_t> jpeg;
  cv::imencode(".jpg", picture, jpeg, {cv::IMWRITE_JPEG_QUALITY, 75});
  return cv::imdecode(jpeg, cv::IMREAD_COLOR);
}

TEST(SlipFinder, FindsASlipAsPeopleHoldIt) {
  for (const double square_px : {3.0, 5.0, 8.0}) {
    for (const double degrees : {0.0, 7.0, -20.0, 45.0, 90.0, 180.0, 270.0}) {
      for (const float tilt : {0.0F, 0.06F}) {
        cv::Mat window = Window();
        Hold(PaperWith(kSlipText, square_px), {330, 110}, degrees, tilt, window);
        EXPECT_EQ(FindSlip(AsSent(window)), kSlipText) << square_px << " px, " << degrees << ", " << tilt;
      }
    }
  }
}

TEST(SlipFinder, TakesNoOtherCodeForASlipAndFindsTheSlipBesideThem) {
  cv::Mat window = Window();
  Hold(PaperWith("HTTPS://EXAMPLE.VN/PROMOTION", 6), {40, 60}, 0, 0, window);
  EXPECT_EQ(FindSlip(AsSent(window)), std::nullopt);
  Hold(PaperWith(kSlipText, 5), {560, 250}, 4, 0, window);
  EXPECT_EQ(FindSlip(AsSent(window)), kSlipText);
}

TEST(SlipFinder, FindsNothingWhereNothingIs) {
  EXPECT_EQ(FindSlip(Window()), std::nullopt);
  cv::Mat noise = Window();
  cv::RNG(5).fill(noise, cv::RNG::UNIFORM, 0, 256);
  EXPECT_EQ(FindSlip(noise), std::nullopt);
  EXPECT_EQ(FindSlip(cv::Mat(8, 8, CV_8UC3, cv::Scalar::all(0))), std::nullopt);
}

TEST(SlipFinder, LeavesOutATextThatIsTooLongForASlip) {
  cv::Mat window = Window();
  Hold(PaperWith("BG1:" + std::string(600, 'X'), 6), {300, 50}, 0, 0, window);
  EXPECT_EQ(FindSlip(window), std::nullopt);
}

}  // namespace
}  // namespace bordergate::camera
