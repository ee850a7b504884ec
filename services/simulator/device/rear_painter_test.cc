// Goal: a camera behind shows the plate at the rear of who stands at the barrier, readably, whatever its
// length, and not the one at its front. Method: paint scenes and measure pixels.
#include "services/simulator/device/rear_painter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "services/simulator/device/plate_painter.h"
#include "services/simulator/device/scenery.h"
#include "services/simulator/testing/views.h"

namespace bordergate::simulator {
namespace {

// A truck at the line with this plate at its rear.
LaneView::Seen SeenFromBehind(std::string_view rear, double length_m, bool two_line, double front_m = -3.5) {
  LaneView::Seen seen = SeenTruck("29C12345", front_m);
  const Plate plate = ParsePlate(rear).value();
  seen.truck.truck_id += plate.key + (two_line ? "2" : "1");
  seen.truck.length_m = length_m;
  if (IsTrailer(plate.kind)) {
    seen.truck.trailer_plate = plate.normalised;
  } else {
    seen.truck.plate = plate.normalised;
  }
  seen.truck.rear_face = MakeRearFace(plate, two_line);
  return seen;
}

const cv::Mat& PaintRear(const LaneView& view, std::vector<SeenPlate>* plates) {
  static RearPainter painter(RearPainter::Aim::kPlate, false);
  static const cv::Mat caption = PaintCaption("HỮU NGHỊ X1");
  return painter.Paint(view, caption, 1, plates);
}

double LikenessTo(const cv::Mat& picture, const SeenPlate& plate, const PlateFace& face) {
  const auto right = static_cast<float>(face.width_mm);
  const auto bottom = static_cast<float>(face.height_mm);
  const std::array<cv::Point2f, 4> to = {{{0, 0}, {right, 0}, {right, bottom}, {0, bottom}}};
  cv::Mat flat;
  cv::warpPerspective(picture, flat, cv::getPerspectiveTransform(plate.corners.data(), to.data()),
                      {face.width_mm, face.height_mm});
  cv::Mat seen;
  cv::Mat wanted;
  cv::cvtColor(flat, seen, cv::COLOR_BGR2GRAY);
  cv::cvtColor(PaintPlate(face, 0, 0), wanted, cv::COLOR_BGR2GRAY);
  cv::Mat result;
  cv::matchTemplate(seen, wanted, result, cv::TM_CCOEFF_NORMED);
  return result.at<float>(0, 0);
}

TEST(RearPainter, ShowsThePlateAtTheRearReadablyOfShortAndOfLongTrucks) {
  struct Case {
    const char* plate;
    double length_m;
    bool two_line;
  };
  for (const Case& one :
       {Case{"12R00123", 16.5, true}, Case{"12R00123", 16.5, false}, Case{"桂F1234挂", 16.5, true},
        Case{"29C67890", 8.5, true}, Case{"12H54321", 10.5, false}, Case{"桂F54321", 8.5, true}}) {
    std::vector<SeenPlate> plates;
    const LaneView view = LaneWith(SeenFromBehind(one.plate, one.length_m, one.two_line));
    const cv::Mat picture = PaintRear(view, &plates).clone();
    ASSERT_EQ(plates.size(), 1u) << one.plate;
    EXPECT_EQ(plates[0].plate, ParsePlate(one.plate)->normalised);
    EXPECT_GT(cv::norm(plates[0].corners[1] - plates[0].corners[0]), 90) << "wide enough to be read";
    EXPECT_LT(plates[0].corners[0].x, plates[0].corners[1].x) << "not mirrored";
    EXPECT_GT(LikenessTo(picture, plates[0], view.trucks[0].truck.rear_face), 0.7) << one.plate;
    EXPECT_LT(LikenessTo(picture, plates[0], MakeRearFace(ParsePlate("88R77777").value(), one.two_line)),
              0.7);
  }
}

TEST(RearPainter, ShowsATruckComeFromBesideItAndDriveAway) {
  const cv::Mat empty = PaintRear(EmptyLane(), nullptr).clone();
  std::vector<SeenPlate> plates;
  const cv::Mat coming = PaintRear(LaneWith(SeenFromBehind("12R00123", 16.5, true, -25)), &plates).clone();
  EXPECT_TRUE(plates.empty()) << "its rear has not passed the camera yet";
  EXPECT_GT(cv::norm(empty, coming, cv::NORM_L1) / static_cast<double>(empty.total()), 20);
  double last = 1'000;
  for (const double front : {-3.5, 2.0, 10.0}) {
    plates.clear();
    PaintRear(LaneWith(SeenFromBehind("12R00123", 16.5, true, front)), &plates);
    ASSERT_EQ(plates.size(), 1u);
    const double width = cv::norm(plates[0].corners[1] - plates[0].corners[0]);
    EXPECT_LT(width, last);
    last = width;
  }
}

TEST(RearPainter, ShowsNoPlateWhereThereIsNoneAndMudWhereItIsMuddy) {
  LaneView::Seen bare = SeenFromBehind("29C67890", 10.5, true);
  bare.truck.rear_face = {};
  bare.truck.truck_id += "bare";
  std::vector<SeenPlate> plates;
  PaintRear(LaneWith(bare), &plates);
  EXPECT_TRUE(plates.empty());
  LaneView::Seen muddy = SeenFromBehind("29C67890", 10.5, true);
  muddy.truck.rear_muddy = true;
  muddy.truck.truck_id += "muddy";
  const cv::Mat picture = PaintRear(LaneWith(muddy), &plates).clone();
  ASSERT_EQ(plates.size(), 1u);
  EXPECT_LT(LikenessTo(picture, plates[0], muddy.truck.rear_face), 0.4);
}

// A container truck at the loop.
LaneView::Seen SeenWithContainer(int paint, bool two_line, double front_m = -7) {
  LaneView::Seen seen = SeenFromBehind("12R00123", 16.5, true, front_m);
  seen.truck.container_number = "CSQU3054383";
  seen.truck.container_two_line = two_line;
  seen.truck.paint = paint;
  seen.truck.truck_id += "container" + std::to_string(2 * paint + (two_line ? 1 : 0));
  return seen;
}

TEST(RearPainter, ShowsTheNumberOnTheDoorsLargeEnoughFromTheLoopToTheLineByDayAndByNight) {
  for (const bool night : {false, true}) {
    RearPainter painter(RearPainter::Aim::kDoors, night);
    for (const int paint : {0, 7, 14, 21, 28}) {
      for (const bool two_line : {true, false}) {
        for (const double front : {-7.0, -3.5}) {
          std::vector<SeenPlate> plates;
          std::vector<SeenContainer> containers;
          const cv::Mat picture = painter
                                      .Paint(LaneWith(SeenWithContainer(paint, two_line, front)),
                                             PaintCaption("X1"), 1, &plates, &containers)
                                      .clone();
          EXPECT_TRUE(plates.empty()) << "the plate is below the picture";
          ASSERT_EQ(containers.size(), 1u);
          EXPECT_EQ(containers[0].container_number, "CSQU3054383");
          const auto& corners = containers[0].corners;
          EXPECT_LT(corners[0].x, corners[1].x) << "not mirrored";
          EXPECT_GT(corners[0].x, picture.cols * 0.3F) << "on the right leaf";
          const double lines_high = two_line ? 2.6 : 1.2;
          EXPECT_GT(cv::norm(corners[3] - corners[0]) / lines_high, 28) << "pixels a line";
          cv::Mat gray;
          cv::cvtColor(picture(cv::boundingRect(std::vector(corners.begin(), corners.end()))), gray,
                       cv::COLOR_BGR2GRAY);
          cv::Mat mean;
          cv::Mat deviation;
          cv::meanStdDev(gray, mean, deviation);
          EXPECT_GT(deviation.at<double>(0), 14) << "one can tell the letters from the paint";
        }
      }
    }
  }
}

TEST(RearPainter, ShowsAnotherContainerDifferently) {
  LaneView::Seen other = SeenWithContainer(0, true);
  other.truck.container_number = "TGHU7000017";
  other.truck.truck_id += "other";
  RearPainter painter(RearPainter::Aim::kDoors, false);
  std::vector<SeenContainer> seen;
  const cv::Mat one =
      painter.Paint(LaneWith(SeenWithContainer(0, true)), PaintCaption("X1"), 1, nullptr, &seen).clone();
  const cv::Mat two = painter.Paint(LaneWith(other), PaintCaption("X1"), 1, nullptr, nullptr).clone();
  const cv::Rect number = cv::boundingRect(std::vector(seen.at(0).corners.begin(), seen.at(0).corners.end()));
  EXPECT_GT(cv::norm(one(number), two(number), cv::NORM_L1) / static_cast<double>(number.area()), 20);
  cv::Mat rest = cv::Mat::ones(one.size(), CV_8U);
  rest(number).setTo(0);
  EXPECT_LT(cv::norm(one, two, cv::NORM_L1, rest) / static_cast<double>(one.total()), 0.5);
}

TEST(RearPainter, ShowsNoNumberOfATruckWithoutContainer) {
  RearPainter painter(RearPainter::Aim::kDoors, false);
  std::vector<SeenContainer> containers;
  painter.Paint(LaneWith(SeenFromBehind("12R00123", 16.5, true, -7)), PaintCaption("X1"), 1, nullptr,
                &containers);
  EXPECT_TRUE(containers.empty());
}

}  // namespace
}  // namespace bordergate::simulator
