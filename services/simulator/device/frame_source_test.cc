// Goal: a camera costs next to nothing while nothing moves, and its faults look like a camera's. Method:
// count painted frames and compare bytes.
#include "services/simulator/device/frame_source.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include "libs/testing/temporary_folder.h"
#include "services/simulator/testing/views.h"

namespace bordergate::simulator {
namespace {

class FrameSourceTest : public testing::Test {
 protected:
  FramePainters painters_;
  FrameSource source_{painters_, "X1", {}};
};

double Brightness(const Frame& frame) { return cv::mean(DecodeJpeg(*frame).value())[1]; }

TEST_F(FrameSourceTest, PaintsASceneAtRestAFewTimesAndThenOnlyRepeatsItself) {
  std::set<std::string> different;
  Frame before;
  for (int at = 0; at < 60; ++at) {
    const Frame frame = source_.Next(EmptyLane(), false);
    ASSERT_TRUE(frame);
    EXPECT_NE(frame, before) << "never the same twice in a row";
    different.insert(*frame);
    before = frame;
  }
  EXPECT_EQ(different.size(), 6u);
  EXPECT_EQ(source_.painted_count(), 6);
  EXPECT_EQ(source_.Interval(EmptyLane()), milliseconds(500));
}

TEST_F(FrameSourceTest, PaintsEveryFrameWhileATruckMoves) {
  LaneView::Seen truck = SeenTruck("29C12345", -20);
  truck.moving = true;
  for (int at = 0; at < 10; ++at) {
    truck.front_m += 0.3;
    EXPECT_TRUE(source_.Next(LaneWith(truck), false));
  }
  EXPECT_EQ(source_.painted_count(), 10);
  EXPECT_EQ(source_.Interval(LaneWith(truck)), milliseconds(100));
  truck.moving = false;
  EXPECT_EQ(source_.Interval(LaneWith(truck)), milliseconds(200));
}

TEST_F(FrameSourceTest, ShowsTheNextTruckAlthoughItStandsWhereTheLastStood) {
  const Frame one = source_.Next(LaneWith(SeenTruck("29C12345", -3.5)), false);
  for (int at = 0; at < 10; ++at) source_.Next(LaneWith(SeenTruck("29C12345", -3.5)), false);
  source_.Next(LaneWith(SeenTruck("桂F54321", -3.5)), false);
  ASSERT_EQ(source_.plates().size(), 1u);
  EXPECT_EQ(source_.plates()[0].plate, "桂F54321");
}

TEST_F(FrameSourceTest, SendsTheSameBytesWhileItIsFrozenWhateverHappens) {
  const Frame last = source_.Next(EmptyLane(), false);
  LaneView view = LaneWith(SeenTruck("29C12345", -3.5));
  view.faults.Set(Fault::kCameraFrozen, true);
  for (int at = 0; at < 5; ++at) EXPECT_EQ(source_.Next(view, false), last);
  view.faults.Set(Fault::kCameraFrozen, false);
  EXPECT_NE(source_.Next(view, false), last);
}

TEST_F(FrameSourceTest, HasFaultsOfItsOwnWhenItLooksFromBehind) {
  FrameSource rear(painters_, "X1", {}, CameraSight::kRear);
  LaneView view;
  view.faults.Set(Fault::kCameraBlack, true);
  view.faults.Set(Fault::kCameraSilent, true);
  EXPECT_EQ(rear.Interval(EmptyLane()), milliseconds(1000)) << "and costs half while nobody is there";
  EXPECT_GT(Brightness(rear.Next(view, false)), 50) << "the front camera is broken, not this one";
  view.faults = {};
  view.faults.Set(Fault::kRearCameraBlack, true);
  EXPECT_LT(Brightness(rear.Next(view, false)), 1);
  EXPECT_GT(Brightness(source_.Next(view, false)), 50);
  view.faults = {};
  const Frame last = rear.Next(view, false);
  view.faults.Set(Fault::kRearCameraFrozen, true);
  EXPECT_EQ(rear.Next(view, false), last);
  view.faults.Set(Fault::kRearCameraAway, true);
  EXPECT_TRUE(rear.IsAway(view));
  EXPECT_FALSE(source_.IsAway(view));
  EXPECT_FALSE(rear.Next(view, false));
}

TEST_F(FrameSourceTest, LooksAtTheDoorsOfAContainerWithAnotherLensThanAtThePlate) {
  LaneView::Seen seen = SeenTruck("29C12345", -3.5);
  seen.truck.length_m = 16.5;
  seen.truck.rear_face = MakeRearFace(ParsePlate("12R00123").value(), true);
  seen.truck.container_number = "CSQU3054383";
  FrameSource rear(painters_, "X1", {}, CameraSight::kRear);
  FrameSource doors(painters_, "X1", {}, CameraSight::kDoors);
  EXPECT_TRUE(rear.Next(LaneWith(seen), false));
  EXPECT_EQ(rear.plates().size(), 1u);
  EXPECT_TRUE(doors.Next(LaneWith(seen), false));
  EXPECT_TRUE(doors.plates().empty()) << "the plate is below its picture";
  LaneView view;
  view.faults.Set(Fault::kRearCameraAway, true);
  EXPECT_TRUE(doors.IsAway(view)) << "it hangs on the same pole";
}

TEST_F(FrameSourceTest, SendsBlackBlurredOrNoPicturesAsItsFaultsSay) {
  LaneView view;
  const size_t sharp = source_.Next(view, false)->size();
  view.faults.Set(Fault::kCameraBlack, true);
  EXPECT_LT(Brightness(source_.Next(view, false)), 1);
  view.faults.Set(Fault::kCameraBlack, false);
  view.faults.Set(Fault::kCameraBlurred, true);
  EXPECT_LT(source_.Next(view, false)->size(), sharp / 2) << "a blurred picture has no detail to encode";
  view.faults.Set(Fault::kCameraSilent, true);
  EXPECT_FALSE(source_.Next(view, false));
}

TEST_F(FrameSourceTest, ShowsThePhotographOfATruckWhileItIsNearTheArm) {
  const TemporaryFolder folder;
  LaneView::Seen truck = SeenTruck("29C12345", -3.5);
  truck.truck.photo =
      folder.Write("a.jpg", JpegEncoder(90).Encode(cv::Mat(720, 1280, CV_8UC3, cv::Scalar(0, 250, 0))));
  EXPECT_GT(Brightness(source_.Next(LaneWith(truck), false)), 240);
  truck.front_m = -30;
  EXPECT_LT(Brightness(source_.Next(LaneWith(truck), false)), 200);
}

TEST_F(FrameSourceTest, KeepsNightAndDayApart) {
  const Frame day = source_.Next(EmptyLane(), false);
  EXPECT_LT(Brightness(source_.Next(EmptyLane(), true)), Brightness(day) / 2);
}

}  // namespace
}  // namespace bordergate::simulator
