// Goal: what is lettered on a vehicle is told from a plate. Method: words and plates in OpenCV's own face,
// given with the corners that the detector would give.
#include "services/camera/vision/refiner.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include "services/camera/testing/shipped_models.h"

namespace bordergate::camera {
namespace {

constexpr int kFace = cv::FONT_HERSHEY_SIMPLEX;

struct Lettered {
  cv::Mat picture;
  Corners corners;
};

// `text` in the middle of `ground`, its corners a little outside of it.
Lettered Write(const std::string& text, const cv::Scalar& ground, const cv::Scalar& ink, bool framed) {
  const cv::Size size = cv::getTextSize(text, kFace, 3, 8, nullptr);
  const cv::Rect box(130, 150, size.width + 60, size.height + 50);
  cv::Mat large(box.height + 300, box.width + 260, CV_8UC3, ground);
  if (framed) {
    cv::rectangle(large, box, cv::Scalar::all(250), cv::FILLED);
    cv::rectangle(large, box, cv::Scalar::all(15), 5);
  }
  cv::putText(large, text, {box.x + 30, box.y + box.height - 25}, kFace, 3, ink, 8, cv::LINE_AA);
  Lettered seen;
  cv::resize(large, seen.picture, {}, 0.4, 0.4, cv::INTER_AREA);
  const cv::Rect2f small(static_cast<float>(box.x) * 0.4F, static_cast<float>(box.y) * 0.4F,
                         static_cast<float>(box.width) * 0.4F, static_cast<float>(box.height) * 0.4F);
  seen.corners = {small.tl(), {small.br().x, small.y}, small.br(), {small.x, small.br().y}};
  return seen;
}

class RefinerTest : public testing::Test {
 protected:
  double None(const Lettered& seen) { return refiner_.Refine(seen.picture, seen.corners).none; }

  Refiner refiner_ = Refiner::Load(ShippedModels() / "refiner.onnx").value();
};

TEST_F(RefinerTest, TakesWordsOnAVehicleForNoPlate) {
  for (const char* word : {"LONGMEN", "NANFENG", "DONGFENG", "THACO", "HOWO", "X1"}) {
    EXPECT_GT(None(Write(word, {60, 40, 150}, cv::Scalar::all(250), false)), 0.9) << word;
    EXPECT_GT(None(Write(word, cv::Scalar::all(250), cv::Scalar::all(10), false)), 0.9) << word;
  }
}

TEST_F(RefinerTest, TakesAPlateForOne) {
  for (const char* plate : {"29C-123.45", "14C-007.70", "89H-555.21"}) {
    EXPECT_LT(None(Write(plate, {60, 40, 150}, cv::Scalar::all(10), true)), 0.1) << plate;
    EXPECT_LT(None(Write(plate, cv::Scalar::all(40), cv::Scalar::all(10), true)), 0.1) << plate;
  }
}

}  // namespace
}  // namespace bordergate::camera
