// Goal: the nets are given what they were trained on. Method: OpenCV's own conversion, as training's exports
// were checked with.
#include "services/camera/vision/net.h"

#include <gtest/gtest.h>

namespace bordergate::camera {
namespace {

TEST(ColourBlob, IsWhatOpenCvMakesOfAPicture) {
  cv::Mat picture(96, 160, CV_8UC3);
  cv::randu(picture, 0, 256);
  const cv::Mat part = picture(cv::Rect(8, 8, 128, 64));  // whose rows do not follow on each other
  for (const cv::Mat& one : {picture, part}) {
    const cv::Mat wanted = cv::dnn::blobFromImage(one, 1.0 / 255, {}, cv::Scalar::all(127.5), true);
    const cv::Mat blob = ColourBlob(one);
    ASSERT_EQ(blob.size, wanted.size);
    EXPECT_LT(cv::norm(blob, wanted, cv::NORM_INF), 1e-6);
  }
}

}  // namespace
}  // namespace bordergate::camera
