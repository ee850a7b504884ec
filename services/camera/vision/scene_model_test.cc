// Goal: a camera that was turned or lost its focus is told from one before which a vehicle stands, the light
// changes or nothing happens. Method: a scene of boxes with noise of its own in each frame.
#include "services/camera/vision/scene_model.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace bordergate::camera {
namespace {

class SceneModelTest : public ::testing::Test {
 protected:
  SceneModelTest() : scene_(900, 1600, CV_8U, cv::Scalar(120)) {
    for (int i = 0; i < 260; ++i) {
      const cv::Rect box(random_.uniform(0, 1500), random_.uniform(0, 820), random_.uniform(15, 120),
                         random_.uniform(10, 90));
      cv::rectangle(scene_, box, cv::Scalar(random_.uniform(20, 235)), cv::FILLED);
    }
    cv::GaussianBlur(scene_, scene_, {}, 0.8);
  }
  // What the camera sees when it is turned by so many pixels.
  cv::Mat Frame(int dx = 0, int dy = 0) {
    cv::Mat frame;
    scene_(cv::Rect(100 + dx, 90 + dy, 1280, 720)).convertTo(frame, CV_16S);
    return frame;
  }
  std::optional<SceneMeasure> Show(const cv::Mat& frame, double noise_deviation = 3) {
    cv::Mat noise(frame.size(), CV_16S), seen;
    random_.fill(noise, cv::RNG::NORMAL, 0, noise_deviation);
    cv::Mat(frame + noise).convertTo(seen, CV_8U);
    return model_.Add(seen);
  }
  void Learn() {
    for (int i = 0; i < 12; ++i) EXPECT_FALSE(Show(Frame()).has_value());
  }
  static cv::Mat Blur(const cv::Mat& frame, double sigma) {
    cv::Mat blurred;
    cv::GaussianBlur(frame, blurred, {}, sigma);
    return blurred;
  }

  cv::RNG random_{20261122};
  cv::Mat scene_;
  SceneModel model_;
};

TEST_F(SceneModelTest, FindsTheSceneWhereItIs) {
  Learn();
  for (int i = 0; i < 5; ++i) {
    const SceneMeasure measure = Show(Frame()).value();
    EXPECT_GT(measure.found_share, 0.9);
    EXPECT_LT(measure.shift_px, 8);
    EXPECT_NEAR(measure.sharpness.value(), 1, 0.2);
    EXPECT_NEAR(measure.texture, 1, 0.2);
  }
}

TEST_F(SceneModelTest, MeasuresHowFarTheCameraWasTurned) {
  Learn();
  const SceneMeasure measure = Show(Frame(48, -32)).value();
  EXPECT_GT(measure.found_share, 0.5);
  EXPECT_NEAR(measure.shift_px, std::hypot(48, 32), 8);
  EXPECT_GT(measure.agreeing_share, 0.8);
}

TEST_F(SceneModelTest, MeasuresALossOfFocus) {
  Learn();
  EXPECT_GT(Show(Blur(Frame(), 0.5)).value().sharpness.value(), 0.5);
  EXPECT_LT(Show(Blur(Frame(), 2.5)).value().sharpness.value(), 0.25);
  EXPECT_LT(Show(Blur(Frame(), 5)).value().sharpness.value(), 0.2);
  EXPECT_LT(Show(cv::Mat(720, 1280, CV_16S, cv::Scalar(200))).value().texture, 0.1) << "a covered lens";
}

TEST_F(SceneModelTest, LooksPastAVehicle) {
  Learn();
  cv::Mat frame = Frame();
  cv::rectangle(frame, {500, 0, 780, 720}, cv::Scalar(60), cv::FILLED);
  cv::rectangle(frame, {620, 300, 400, 200}, cv::Scalar(180), cv::FILLED);
  const SceneMeasure measure = Show(frame).value();
  EXPECT_GT(measure.found_share, 0.3);
  EXPECT_LT(measure.shift_px, 8);
  EXPECT_NEAR(measure.sharpness.value(), 1, 0.2);
}

TEST_F(SceneModelTest, DoesNotTakeATarpaulinForACoveredLens) {
  Learn();
  cv::Mat frame(720, 1280, CV_16S, cv::Scalar(225));
  cv::rectangle(frame, {500, 560, 280, 64}, cv::Scalar(20), 6);                                // its plate
  for (int x = 60; x < 1280; x += 90) cv::line(frame, {x, 60}, {x, 420}, cv::Scalar(120), 4);  // its ropes
  const SceneMeasure measure = Show(frame).value();
  EXPECT_LT(measure.found_share, 0.3);
  EXPECT_GT(measure.texture, 0.2);
}

TEST_F(SceneModelTest, IsNotMisledByLightOrNoise) {
  Learn();
  const SceneMeasure dim = Show(Frame() * 0.4, 6).value();
  EXPECT_GT(dim.found_share, 0.6);
  EXPECT_LT(dim.shift_px, 8);
  EXPECT_GT(dim.sharpness.value(), 0.5);
  const SceneMeasure bright = Show(Frame() * 1.3).value();
  EXPECT_GT(bright.found_share, 0.6);
  EXPECT_GT(bright.sharpness.value(), 0.5);
}

TEST_F(SceneModelTest, DoesNotGetUsedToALensThatFogsOver) {
  Learn();
  double sharpness = 1;
  for (int i = 0; i < 300; ++i) sharpness = Show(Blur(Frame(), 0.3 + 0.01 * i)).value().sharpness.value();
  EXPECT_LT(sharpness, 0.3);
}

TEST_F(SceneModelTest, DoesNotLearnPicturesThatAreNoScene) {
  for (int i = 0; i < 40; ++i) {
    EXPECT_FALSE(Show(Frame(random_.uniform(-90, 90), random_.uniform(-80, 80))).has_value());
  }
  for (int i = 0; i < 40; ++i) EXPECT_FALSE(Show(cv::Mat(720, 1280, CV_16S, cv::Scalar(90))).has_value());
  EXPECT_FALSE(model_.Add(cv::Mat()).has_value());
  EXPECT_FALSE(model_.Add(cv::Mat(10, 4000, CV_8U, cv::Scalar(1))).has_value());
}

}  // namespace
}  // namespace bordergate::camera
