// Goal: what is cut out upright can be put back where it was. Method: a known picture, known corners.
#include "services/camera/vision/geometry.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace bordergate::camera {
namespace {

const Corners kTilted = {cv::Point2f(50, 40), cv::Point2f(150, 60), cv::Point2f(148, 95),
                         cv::Point2f(48, 75)};

TEST(Geometry, PutsPointsBackWhereTheyWere) {
  const cv::Size size(128, 64);
  const Corners middle = {cv::Point2f(63.5F, 31.5F), cv::Point2f(63.5F, 31.5F), cv::Point2f(63.5F, 31.5F),
                          cv::Point2f(63.5F, 31.5F)};
  const Corners back = FromRectified(kTilted, size, 0.25, middle);
  const cv::Point2f centre = QuadCentre(kTilted);
  EXPECT_NEAR(back[0].x, centre.x, 0.5);
  EXPECT_NEAR(back[0].y, centre.y, 0.5);
}

TEST(Geometry, CutsWhatIsBetweenTheCorners) {
  cv::Mat picture(200, 300, CV_8UC3, cv::Scalar::all(0));
  std::vector<cv::Point> outline;
  for (const cv::Point2f& p : kTilted) outline.emplace_back(p);
  cv::fillConvexPoly(picture, outline, cv::Scalar::all(255));
  const cv::Mat cut = Rectify(picture, kTilted, cv::Size(160, 32), 0);
  EXPECT_EQ(cut.size(), cv::Size(160, 32));
  EXPECT_GT(cv::mean(cut)[0], 240);
  EXPECT_LT(cv::mean(Rectify(picture, kTilted, cv::Size(128, 64), 0.5))[0], 90);
}

TEST(Geometry, SurvivesCornersOutsideThePicture) {
  const cv::Mat picture(50, 50, CV_8UC3, cv::Scalar::all(7));
  Corners far = kTilted;
  for (cv::Point2f& p : far) p = p * 30;
  EXPECT_EQ(Rectify(picture, far, cv::Size(160, 32), 0.25).size(), cv::Size(160, 32));
}

TEST(Geometry, MakesAPlateHigherAndWiderWhereItStands) {
  const Corners higher = Scaled(kTilted, {1.0F, 1.5F});
  EXPECT_EQ(QuadCentre(higher), QuadCentre(kTilted));
  for (size_t i = 0; i < higher.size(); ++i) EXPECT_EQ(higher.at(i).x, kTilted.at(i).x);
  EXPECT_EQ(higher[0].y, 67.5F - 1.5F * (67.5F - 40.0F));
  EXPECT_EQ(QuadBox(Scaled(kTilted, {2.0F, 1.0F})), cv::Rect2f(-3, 40, 204, 55));
}

TEST(Geometry, MeasuresSides) {
  EXPECT_NEAR(QuadHeight(kTilted), 35.06, 0.01);
  EXPECT_NEAR(QuadWidth(kTilted), 101.98, 0.01);
  EXPECT_EQ(QuadBox(kTilted), cv::Rect2f(48, 40, 102, 55));
}

TEST(Geometry, ScalesAlongTheSidesOfWhatIsTurned) {
  // A square on its corner, made twice as wide along its upper side.
  const Corners turned = {cv::Point2f{0, -2}, {2, 0}, {0, 2}, {-2, 0}};
  const Corners wider = ScaledAlong(turned, {2.0F, 1.0F});
  EXPECT_NEAR(QuadWidth(wider), 2 * QuadWidth(turned), 1e-4);
  EXPECT_NEAR(QuadHeight(wider), QuadHeight(turned), 1e-4);
  EXPECT_NEAR(cv::norm(QuadCentre(wider)), 0, 1e-4);
  EXPECT_NEAR(wider[1].x, 3, 1e-4);
  EXPECT_NEAR(wider[1].y, 1, 1e-4);
}

}  // namespace
}  // namespace bordergate::camera
