#include "services/camera/vision/detector.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

#include "services/camera/vision/geometry.h"
#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

constexpr int kStride = 8;
constexpr float kCornerScale = 4.0F;  // the net's corner outputs times this are cells
constexpr float kScoreMin = 0.15F;
constexpr int kChannels = 10;  // two scores, eight corner offsets
constexpr int kSizeStep = 32;  // the net takes inputs whose sides this divides
const std::array<cv::Size, 3> kShapes = {cv::Size(512, 320), cv::Size(448, 352), cv::Size(320, 512)};
const cv::Size kUsual(512, 288);  // what most cameras' pictures, 16 : 9, come to

cv::Size ShapeFor(cv::Size picture) {
  const double aspect = static_cast<double>(picture.width) / picture.height;
  if (aspect > 1.45) return kShapes[0];
  return aspect > 0.9 ? kShapes[1] : kShapes[2];
}

// The input that a picture of `size` needs: the least that holds it, for what is empty costs as much as what
// is not.
cv::Size Held(cv::Size size) {
  const auto side = [](int length) { return (length + kSizeStep - 1) / kSizeStep * kSizeStep; };
  return {side(size.width), side(size.height)};
}

cv::Size Scaled(cv::Size picture, double scale) {
  return {std::max(1, static_cast<int>(std::lround(picture.width * scale))),
          std::max(1, static_cast<int>(std::lround(picture.height * scale)))};
}

Letterbox Fit(const cv::Mat& picture, cv::Size whole, double zoom) {
  const double scale = zoom * std::min(static_cast<double>(whole.width) / picture.cols,
                                       static_cast<double>(whole.height) / picture.rows);
  const cv::Size size = Scaled(picture.size(), scale);
  const cv::Size shape = Held(size);
  cv::Mat small = picture;
  if (scale < 0.5) {  // half by areas is fast, any other factor by areas is slow
    cv::resize(picture, small, size * 2, 0, 0, cv::INTER_LINEAR);
  }
  cv::Mat fitted;
  cv::resize(small, fitted, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  Letterbox box;
  const int left = (shape.width - size.width) / 2;
  const int top = (shape.height - size.height) / 2;
  cv::copyMakeBorder(fitted, box.image, top, shape.height - size.height - top, left,
                     shape.width - size.width - left, cv::BORDER_CONSTANT, cv::Scalar::all(114));
  box.scale_x = static_cast<double>(size.width) / picture.cols;
  box.scale_y = static_cast<double>(size.height) / picture.rows;
  box.offset = cv::Point2f(static_cast<float>(left), static_cast<float>(top));
  return box;
}

bool IsPeak(const float* plane, int x, int y, int width, int height) {
  const float here = plane[y * width + x];
  for (int v = std::max(0, y - 1); v <= std::min(height - 1, y + 1); ++v) {
    for (int u = std::max(0, x - 1); u <= std::min(width - 1, x + 1); ++u) {
      if (plane[v * width + u] > here) return false;
    }
  }
  return true;
}

Detection AtCell(const cv::Mat& output, int layout, int x, int y, const Letterbox& box) {
  Detection found;
  found.layout = layout == 0 ? Layout::kOneLine : Layout::kTwoLine;
  found.score = 1.0 / (1.0 + std::exp(-output.ptr<float>(0, layout)[y * output.size[3] + x]));
  const int at = y * output.size[3] + x;
  for (int i = 0; i < 4; ++i) {
    const float u = output.ptr<float>(0, 2 + 2 * i)[at] * kCornerScale + static_cast<float>(x) + 0.5F;
    const float v = output.ptr<float>(0, 3 + 2 * i)[at] * kCornerScale + static_cast<float>(y) + 0.5F;
    found.corners[static_cast<size_t>(i)] = {
        static_cast<float>((u * kStride - box.offset.x) / box.scale_x) - 0.5F,
        static_cast<float>((v * kStride - box.offset.y) / box.scale_y) - 0.5F};
  }
  return found;
}

// Two finds of one plate: their middles lie within half a plate of each other.
bool SamePlate(const Detection& a, const Detection& b) {
  const cv::Point2f d = QuadCentre(a.corners) - QuadCentre(b.corners);
  const cv::Rect2f box = QuadBox(a.corners);
  return std::abs(d.x) < 0.5F * box.width && std::abs(d.y) < 0.5F * box.height;
}

}  // namespace

Result<Detector> Detector::Load(const std::filesystem::path& path) {
  return Detector(BG_TRY(Net::Load(path)));
}

Result<void> Detector::WarmUp() {
  for (const cv::Size whole : {kShapes[0], kShapes[1], kShapes[2], kUsual}) {
    for (const double zoom : kZooms) {
      const cv::Size shape = Held(Scaled(whole, zoom));
      const cv::Mat blank(shape, CV_8UC3, cv::Scalar::all(114));
      try {
        const cv::Mat output = net_.Run(ColourBlob(blank));
        const bool as_known = output.dims == 4 && output.size[1] == kChannels &&
                              output.size[2] == shape.height / kStride &&
                              output.size[3] == shape.width / kStride;
        if (!as_known)
          return Error(kModelUnusable, "the detector has another output than this version knows");
      } catch (const cv::Exception& fault) {
        return Error(kModelUnusable, fault.err);
      }
    }
  }
  return {};
}

std::vector<Detection> Detector::Find(const cv::Mat& picture, double zoom) {
  return FindIn(Fit(picture, ShapeFor(picture.size()), zoom));
}

std::vector<Detection> Detector::FindIn(const cv::Mat& input) { return FindIn(Letterbox{.image = input}); }

std::vector<Detection> Detector::FindIn(const Letterbox& box) {
  const cv::Mat output = net_.Run(ColourBlob(box.image));
  const int height = output.size[2];
  const int width = output.size[3];
  const float limit = std::log(kScoreMin / (1 - kScoreMin));
  std::vector<Detection> found;
  for (int layout = 0; layout < 2; ++layout) {
    const float* plane = output.ptr<float>(0, layout);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        if (plane[y * width + x] > limit && IsPeak(plane, x, y, width, height)) {
          found.push_back(AtCell(output, layout, x, y, box));
        }
      }
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  std::vector<Detection> kept;
  for (const Detection& one : found) {
    if (static_cast<int>(kept.size()) == kPlatesMax) break;
    const bool known =
        std::any_of(kept.begin(), kept.end(), [&](const auto& k) { return SamePlate(k, one); });
    if (!known && QuadHeight(one.corners) > 2 && QuadWidth(one.corners) > 4) kept.push_back(one);
  }
  return kept;
}

}  // namespace bordergate::camera
