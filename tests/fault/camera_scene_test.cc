// Goal: of the cameras at a lane one that loses its focus is told, and trucks, the arm, nightfall and lamps
// are never taken for a fault. Method: the pictures of a simulated lane, a sample every five seconds of a
// clock of our own.
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

#include "libs/testing/manual_clock.h"
#include "services/camera/vision/scene_model.h"
#include "services/simulator/device/frame_source.h"
#include "services/simulator/testing/views.h"

namespace bordergate::camera {
namespace {

class CameraScene : public ::testing::Test {
 protected:
  void Show(const simulator::LaneView& view, bool night, int samples) {
    for (int i = 0; i < samples; ++i) {
      const auto jpeg = source_.Next(view, night);
      const std::vector<uint8_t> bytes(jpeg->begin(), jpeg->end());
      const auto measure = model_.Add(cv::imdecode(bytes, cv::IMREAD_GRAYSCALE));
      if (measure) {
        ++judged_;
        watch_.Add(clock_.SteadyNow(), *measure);
      }
      EXPECT_EQ(watch_.FaultCode(), fault_) << "sample " << i << (night ? " by night" : " by day");
      clock_.Advance(seconds(5));
    }
  }

  simulator::FramePainters painters_;
  simulator::FrameSource source_{painters_, "X1", {}};
  ManualClock clock_;
  SceneModel model_;
  SceneWatch watch_{SceneRules{}};
  std::string fault_;
  int judged_ = 0;
};

TEST_F(CameraScene, OfALaneAtWorkIsNoFault) {
  for (const bool night : {false, true, false}) {
    Show({}, night, 20);
    for (const double front_m : {-15.0, -7.0, -3.5, 1.0}) {
      auto view = simulator::LaneWith(simulator::SeenTruck("29H12345", front_m));
      view.arm_angle = front_m > 0 ? 80 : 0;
      view.green = front_m > 0;
      view.red = !view.green;
      Show(view, night, 12);
    }
  }
  EXPECT_EQ(judged_, 3 * 68 - 12) << "the first twelve are for learning";
}

TEST_F(CameraScene, OutOfFocusIsTheFaultBlurredUntilItIsSharpAgain) {
  for (const bool night : {false, true}) {
    Show({}, night, 72);  // six minutes, to get used to the noise of the night
    simulator::LaneView blurred;
    blurred.faults.Set(simulator::Fault::kCameraBlurred, true);
    Show(blurred, night, 6);
    fault_ = "BLURRED";
    Show(blurred, night, 20);
    fault_ = "";
    Show({}, night, 6);
  }
}

}  // namespace
}  // namespace bordergate::camera
