// Goal: the installer is told what is wrong, and nothing when nothing is. Method: a drawn plate of known
// size, turned, blurred, darkened and burnt out.
#include "services/camera/vision/aim.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace bordergate::camera {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A picture with a plate of `height` pixels in it, and the read of it.
struct Drawn {
  cv::Mat picture{720, 1280, CV_8UC3, cv::Scalar::all(110)};
  PlateRead read;
};

Drawn DrawPlate(int height, Corners corners = {}) {
  Drawn drawn;
  const int width = height * 9 / 2;
  cv::Mat plate(height, width, CV_8UC3, cv::Scalar::all(215));
  cv::putText(plate, "29H12345", {height / 4, height * 4 / 5}, cv::FONT_HERSHEY_SIMPLEX, height / 34.0,
              cv::Scalar::all(25), std::max(1, height / 9), cv::LINE_AA);
  const auto w = static_cast<float>(width), h = static_cast<float>(height);
  if (corners == Corners{})
    corners = {cv::Point2f{500, 400}, {500 + w, 400}, {500 + w, 400 + h}, {500, 400 + h}};
  const std::vector<cv::Point2f> from = {{0, 0}, {w, 0}, {w, h}, {0, h}};
  const std::vector<cv::Point2f> to(corners.begin(), corners.end());
  cv::warpPerspective(plate, drawn.picture, cv::getPerspectiveTransform(from, to), drawn.picture.size(),
                      cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
  drawn.read = {.plate = "29H12345", .corners = corners, .height_px = h};
  return drawn;
}

std::vector<Advice> AdviceOf(const Drawn& drawn) { return MeasureAim(drawn.picture, {drawn.read}).advice; }

TEST(Aim, HasNothingToSayOfAGoodPicture) {
  for (const int height : {24, 40, 80}) {
    const Drawn drawn = DrawPlate(height);
    const AimReport report = MeasureAim(drawn.picture, {drawn.read});
    EXPECT_THAT(report.advice, IsEmpty()) << height;
    EXPECT_NEAR(report.height_px, height, 1);
    EXPECT_NEAR(report.roll_degrees, 0, 0.5);
    EXPECT_NEAR(report.slant_degrees, 0, 0.5);
  }
}

TEST(Aim, SaysThatThereIsNoPlate) {
  EXPECT_THAT(MeasureAim(DrawPlate(30).picture, {}).advice, ElementsAre(Advice::kNoPlate));
}

TEST(Aim, TakesTheLargestPlateAndHalfTheHeightOfTwoLines) {
  Drawn drawn = DrawPlate(30);
  drawn.read.layout = Layout::kTwoLine;
  PlateRead small = drawn.read;
  small.height_px = 5;
  const AimReport report = MeasureAim(drawn.picture, {small, drawn.read});
  EXPECT_NEAR(report.height_px, 15, 1);
  EXPECT_THAT(report.advice, ElementsAre(Advice::kTooSmall));
}

TEST(Aim, SaysWhatIsWrong) {
  EXPECT_THAT(AdviceOf(DrawPlate(12)), ::testing::Contains(Advice::kTooSmall));
  Drawn drawn = DrawPlate(40);
  cv::GaussianBlur(drawn.picture, drawn.picture, {}, 4);
  EXPECT_THAT(AdviceOf(drawn), ::testing::Contains(Advice::kBlurred));
  drawn = DrawPlate(40);
  drawn.picture = drawn.picture * 0.2;
  EXPECT_THAT(AdviceOf(drawn), ElementsAre(Advice::kTooDark));
  drawn = DrawPlate(40);
  drawn.picture = drawn.picture * 1.5;
  EXPECT_THAT(AdviceOf(drawn), ElementsAre(Advice::kTooBright));
  drawn = DrawPlate(40);
  drawn.picture = drawn.picture * 0.15 + cv::Scalar::all(130);
  EXPECT_THAT(AdviceOf(drawn), ::testing::Contains(Advice::kLowContrast));
  EXPECT_THAT(AdviceOf(DrawPlate(40, {cv::Point2f{500, 400}, {670, 460}, {656, 498}, {486, 438}})),
              ElementsAre(Advice::kTilted));
  EXPECT_THAT(AdviceOf(DrawPlate(40, {cv::Point2f{500, 400}, {680, 400}, {710, 440}, {530, 440}})),
              ElementsAre(Advice::kOblique));
}

TEST(Aim, MeasuresAContainersNumberWhereTheCameraIsForThose) {
  const Drawn drawn = DrawPlate(40);
  const ContainerRead number{
      .number = "CSQU3054383", .corners = drawn.read.corners, .line_height_px = drawn.read.height_px};
  const auto measure = [&](const std::vector<ContainerRead>& containers) {
    return MeasureAim(drawn.picture, {}, containers, AimTarget::kContainer);
  };
  EXPECT_THAT(measure({}).advice, ElementsAre(Advice::kNoContainer));
  const AimReport report = measure({number});
  EXPECT_THAT(report.advice, IsEmpty()) << "that no plate is seen is no fault of it";
  EXPECT_NEAR(report.height_px, 40, 1);
  ContainerRead small = number;
  small.line_height_px = 12;
  EXPECT_THAT(measure({small}).advice, ::testing::Contains(Advice::kTooSmall));
}

TEST(Aim, SpeaksBothLanguages) {
  for (int i = 0; i <= static_cast<int>(Advice::kLowContrast); ++i) {
    const auto advice = static_cast<Advice>(i);
    for (const AimTarget target : {AimTarget::kPlate, AimTarget::kContainer}) {
      EXPECT_FALSE(AdviceText(advice, target, "vi").empty());
      EXPECT_NE(AdviceText(advice, target, "vi"), AdviceText(advice, target, "en"));
    }
    EXPECT_FALSE(AdviceCode(advice).empty());
  }
  EXPECT_EQ(AdviceText(Advice::kTooSmall, AimTarget::kContainer, "vi"),
            "Số container quá nhỏ: phóng to hoặc đặt máy quay gần hơn");
}

}  // namespace
}  // namespace bordergate::camera
