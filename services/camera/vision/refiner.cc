#include "services/camera/vision/refiner.h"

#include <algorithm>
#include <cmath>

#include "services/camera/vision/geometry.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

const cv::Size kSize(128, 64);
constexpr double kMargin = 0.25;
constexpr int kOutputs = 18;  // eight offsets, four layouts, six colours

}  // namespace

LineCut Refined::BestCut() const {
  const auto best = std::max_element(cut_probability.begin(), cut_probability.end());
  return static_cast<LineCut>(best - cut_probability.begin());
}

Result<Refiner> Refiner::Load(const std::filesystem::path& path) {
  Refiner refiner(BG_TRY(Net::Load(path)));
  try {
    const cv::Mat output = refiner.net_.Run(ColourBlob(cv::Mat::zeros(kSize, CV_8UC3)));
    if (output.total() != kOutputs) {
      return Error(kModelUnusable, "the refiner has another output than this version knows");
    }
  } catch (const cv::Exception& fault) {
    return Error(kModelUnusable, fault.err);
  }
  return refiner;
}

Refined Refiner::Refine(const cv::Mat& picture, const Corners& rough) {
  const cv::Mat output = net_.Run(ColourBlob(Rectify(picture, rough, kSize, kMargin)));
  const float* out = output.ptr<float>();
  const auto plate_w = static_cast<float>(kSize.width / (1 + 2 * kMargin));
  const auto plate_h = static_cast<float>(kSize.height / (1 + 2 * kMargin));
  const auto x0 = static_cast<float>(plate_w * kMargin);
  const auto y0 = static_cast<float>(plate_h * kMargin);
  const Corners nominal = {cv::Point2f(x0, y0), cv::Point2f(x0 + plate_w, y0),
                           cv::Point2f(x0 + plate_w, y0 + plate_h), cv::Point2f(x0, y0 + plate_h)};
  Corners found;
  for (size_t i = 0; i < 4; ++i) {
    const float dx = std::clamp(out[2 * i], -0.6F, 0.6F);
    const float dy = std::clamp(out[2 * i + 1], -0.6F, 0.6F);
    found[i] = nominal[i] + cv::Point2f(dx * plate_w - 0.5F, dy * plate_h - 0.5F);
  }
  Refined refined;
  refined.corners = FromRectified(rough, kSize, kMargin, found);
  std::array<double, 4> kinds{};
  double sum = 0;
  const float top = *std::max_element(out + 8, out + 12);
  for (size_t i = 0; i < 4; ++i) sum += kinds[i] = std::exp(static_cast<double>(out[8 + i] - top));
  refined.none = kinds[0] / sum;
  for (size_t i = 0; i < 3; ++i) refined.cut_probability[i] = kinds[i + 1] / sum;
  refined.colour = static_cast<PlateColour>(std::max_element(out + 12, out + 18) - (out + 12));
  return refined;
}

}  // namespace bordergate::camera
