// Goal: the pictures show what is there, where the camera's geometry says, in the plate's own colours.
// Method: paint scenes and measure pixels.
#include "services/simulator/device/scene_painter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "services/simulator/device/jpeg.h"
#include "services/simulator/device/pango_text.h"
#include "services/simulator/device/plate_painter.h"
#include "services/simulator/device/scenery.h"
#include "services/simulator/domain/reasons.h"
#include "services/simulator/testing/views.h"

namespace bordergate::simulator {
namespace {

// The shared painter: scenery takes a moment.
const cv::Mat& Paint(const LaneView& view, std::vector<SeenPlate>* plates, uint64_t seed = 1) {
  static ScenePainter painter(false);
  static const cv::Mat caption = PaintCaption("HỮU NGHỊ X1");
  return painter.Paint(view, caption, seed, plates);
}

// The plate cut out of the picture and laid flat.
cv::Mat Flatten(const cv::Mat& picture, const SeenPlate& plate, int width, int height) {
  const auto right = static_cast<float>(width);
  const auto bottom = static_cast<float>(height);
  const std::array<cv::Point2f, 4> to = {{{0, 0}, {right, 0}, {right, bottom}, {0, bottom}}};
  cv::Mat flat;
  cv::warpPerspective(picture, flat, cv::getPerspectiveTransform(plate.corners.data(), to.data()),
                      {width, height});
  return flat;
}

double Likeness(const cv::Mat& one, const cv::Mat& other) {
  cv::Mat a;
  cv::Mat b;
  cv::cvtColor(one, a, cv::COLOR_BGR2GRAY);
  cv::cvtColor(other, b, cv::COLOR_BGR2GRAY);
  cv::Mat result;
  cv::matchTemplate(a, b, result, cv::TM_CCOEFF_NORMED);
  return result.at<float>(0, 0);
}

TEST(ScenePainter, HasItsFonts) { EXPECT_TRUE(CheckFonts().has_value()); }

TEST(ScenePainter, ShowsThePlateOfAWaitingTruckReadablyWhereItSays) {
  for (const auto& [plate, two_line] :
       {std::pair{"29C12345", false}, {"12C67890", true}, {"桂F12345", false}}) {
    std::vector<SeenPlate> plates;
    const LaneView view = LaneWith(SeenTruck(plate, -3.5, two_line));
    const cv::Mat picture = Paint(view, &plates).clone();
    ASSERT_EQ(plates.size(), 1u);
    EXPECT_EQ(plates[0].plate, ParsePlate(plate)->normalised);
    EXPECT_GT(cv::norm(plates[0].corners[1] - plates[0].corners[0]), 90) << "wide enough to be read";
    const PlateFace& face = view.trucks[0].truck.face;
    const cv::Mat wanted = PaintPlate(face, 0, 0);
    EXPECT_GT(Likeness(Flatten(picture, plates[0], face.width_mm, face.height_mm), wanted), 0.7) << plate;
    const cv::Mat other =
        PaintPlate(SeenTruck(two_line ? "88H11111" : "云A77777", 0, two_line).truck.face, 0, 0);
    cv::Mat resized;
    cv::resize(other, resized, wanted.size());
    EXPECT_LT(Likeness(Flatten(picture, plates[0], face.width_mm, face.height_mm), resized), 0.6) << plate;
  }
}

TEST(ScenePainter, MakesThePlateGrowAsTheTruckComesNearer) {
  double last = 0;
  for (const double front : {-30.0, -20.0, -10.0, -3.5}) {
    std::vector<SeenPlate> plates;
    Paint(LaneWith(SeenTruck("29C12345", front)), &plates);
    if (plates.empty()) continue;
    const double width = cv::norm(plates[0].corners[1] - plates[0].corners[0]);
    EXPECT_GT(width, last);
    last = width;
  }
  EXPECT_GT(last, 150);
}

TEST(ScenePainter, ShowsNoPlateOfATruckThatHasPassedTheCamera) {
  std::vector<SeenPlate> plates;
  Paint(LaneWith(SeenTruck("29C12345", 12)), &plates);
  EXPECT_TRUE(plates.empty());
}

TEST(ScenePainter, ShowsTheArmDownAndUp) {
  LaneView view;
  const cv::Mat down = Paint(view, nullptr).clone();
  view.arm_angle = 1;
  const cv::Mat up = Paint(view, nullptr).clone();
  EXPECT_GT(cv::norm(down, up, cv::NORM_L1) / static_cast<double>(down.total()), 3);
}

TEST(ScenePainter, NeverPaintsTheSameNoiseTwiceInARow) {
  const cv::Mat one = Paint(EmptyLane(), nullptr, 1).clone();
  const cv::Mat two = Paint(EmptyLane(), nullptr, 2).clone();
  EXPECT_GT(cv::norm(one, two, cv::NORM_L1), 0);
  EXPECT_LT(cv::norm(one, two, cv::NORM_L1) / static_cast<double>(one.total()), 15) << "slight";
}

TEST(ScenePainter, IsDarkAtNightButForTheLampsAndThePlate) {
  ScenePainter night(true);
  std::vector<SeenPlate> plates;
  const cv::Mat picture =
      night.Paint(LaneWith(SeenTruck("29C12345", -3.5)), PaintCaption("X1"), 1, &plates).clone();
  ASSERT_EQ(plates.size(), 1u);
  const double around = cv::mean(picture)[1];
  const double plate = cv::mean(Flatten(picture, plates[0], 520, 110))[1];
  EXPECT_LT(around, 60);
  EXPECT_GT(plate, 1.5 * around);
}

TEST(Jpeg, ComesBackAsItWent) {
  const cv::Mat picture = Paint(EmptyLane(), nullptr).clone();
  JpegEncoder encoder(90);
  const auto back = DecodeJpeg(encoder.Encode(picture));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->size(), picture.size());
  EXPECT_GT(Likeness(*back, picture), 0.95);
}

TEST(Jpeg, RefusesWhatIsNone) { EXPECT_TRUE(DecodeJpeg("no picture").error().Is(kPhotosUnreadable)); }

}  // namespace
}  // namespace bordergate::simulator
