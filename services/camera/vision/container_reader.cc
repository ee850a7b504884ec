#include "services/camera/vision/container_reader.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "services/camera/vision/confidence.h"
#include "services/camera/vision/geometry.h"

namespace bordergate::camera {
namespace {

constexpr size_t kFindsMax = 4;  // a picture; they and the further cuts bound the time that it can take
constexpr int kFurtherCuts = 8;
constexpr double kClear = 0.9;  // one cut is enough
constexpr ReadingForm kContainerForm{
    .width = 256, .classes = static_cast<int>(kContainerCharset.size()) + 1, .steps = 64};
// What the closer look is trained for (tools/anpr): the line so high, in a cut of this size by layout.
constexpr double kCloserLine_px = 16;
const std::array<cv::Size, 2> kCloser = {cv::Size(320, 128), cv::Size(192, 128)};
constexpr double kCloserShareMax = 0.8;  // of the cut's width, that the number may take
constexpr double kAwayMax = 0.25;  // of the cut's size, that the find's middle may lie beside its middle
constexpr int kInsideMin_px = 8;
constexpr double kCutMax = 2;  // of the picture's sides together, that a cut may be wide
// The corners stand off from the characters, by a quarter of a line above and below; between two lines is a
// gap.
constexpr std::array<double, 2> kLinesHigh = {1.5, 2.85};
// Another number, its check digit right as well, must be this much less likely.
constexpr double kRivalMax = 0.1;

size_t IndexOf(Layout layout) { return layout == Layout::kOneLine ? 0 : 1; }

double LineHeight(const Corners& corners, Layout layout) {
  return QuadHeight(corners) / kLinesHigh.at(IndexOf(layout));
}

bool IsSameNumber(const ContainerRead& known, const Corners& corners) {
  const cv::Point2f d = QuadCentre(known.corners) - QuadCentre(corners);
  return std::abs(d.x) < QuadWidth(known.corners) / 2 && std::abs(d.y) < QuadHeight(known.corners) / 2;
}

struct CloserCut {
  cv::Mat picture;  // empty when hardly any of it lies in the picture
  cv::Rect from;    // which part of the picture it is; may reach beyond
};

CloserCut CutCloser(const cv::Mat& picture, const Detection& found, cv::Size size) {
  const double line = std::max(LineHeight(found.corners, found.layout), 1.0);
  const double width = std::max(QuadBox(found.corners).width, 2.0F);
  const double scale = std::min(kCloserLine_px / line, kCloserShareMax * size.width / width);
  // A net that was led astray may name corners anywhere.
  const cv::Point2d centre = QuadCentre(found.corners);
  const bool is_inside = cv::Rect2d({}, cv::Size2d(picture.size())).contains(centre);
  if (!is_inside || size.width / scale > kCutMax * (picture.cols + picture.rows)) return {};
  const cv::Point2d half(size.width / scale / 2, size.height / scale / 2);
  const cv::Point low(cvFloor(centre.x - half.x), cvFloor(centre.y - half.y));
  const cv::Point high(cvCeil(centre.x + half.x), cvCeil(centre.y + half.y));
  CloserCut cut{.from = cv::Rect(low, high)};
  const cv::Rect inside = cut.from & cv::Rect({0, 0}, picture.size());
  if (inside.width < kInsideMin_px || inside.height < kInsideMin_px) return cut;
  cv::Mat part;
  cv::copyMakeBorder(picture(inside), part, inside.y - low.y, high.y - inside.br().y, inside.x - low.x,
                     high.x - inside.br().x, cv::BORDER_CONSTANT, cv::Scalar::all(114));
  cv::resize(part, cut.picture, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  return cut;
}

}  // namespace

Result<ContainerReader> ContainerReader::Load(const std::filesystem::path& models) {
  const auto path = models / "container_detector.onnx";
  auto detector = BG_TRY(Detector::Load(path));
  auto closer = BG_TRY(Detector::Load(path));
  auto reader = BG_TRY(CharacterReader::Load(models / "container_reader.onnx", kContainerForm));
  BG_TRY(detector.WarmUp());
  return ContainerReader(std::move(detector), std::move(closer), std::move(reader));
}

Corners ContainerReader::LookCloser(const cv::Mat& picture, const Detection& found) {
  const cv::Size size = kCloser.at(IndexOf(found.layout));
  const CloserCut cut = CutCloser(picture, found, size);
  if (cut.picture.empty()) return found.corners;
  const std::vector<Detection> finds = closer_.FindIn(cut.picture);
  const Detection* nearest = nullptr;
  double nearest_away = kAwayMax;
  for (const Detection& one : finds) {
    const cv::Point2f centre = QuadCentre(one.corners);
    const double away = std::max(std::abs(centre.x / static_cast<float>(size.width) - 0.5F),
                                 std::abs(centre.y / static_cast<float>(size.height) - 0.5F));
    if (one.layout != found.layout || away >= nearest_away) continue;
    nearest = &one;
    nearest_away = away;
  }
  if (nearest == nullptr) return found.corners;
  Corners corners = nearest->corners;
  for (cv::Point2f& p : corners) {
    p.x = (p.x + 0.5F) / static_cast<float>(size.width) * static_cast<float>(cut.from.width) +
          static_cast<float>(cut.from.x) - 0.5F;
    p.y = (p.y + 0.5F) / static_cast<float>(size.height) * static_cast<float>(cut.from.height) +
          static_cast<float>(cut.from.y) - 0.5F;
  }
  return corners;
}

std::optional<ContainerText> ContainerReader::ReadWell(const cv::Mat& picture, const Detection& found,
                                                       const Corners& closer) {
  const LineCut cut = found.layout == Layout::kOneLine ? LineCut::kOneLine : LineCut::kEvenHalves;
  const auto read_at = [&](const Corners& corners) {
    return SearchContainerText(reader_.Read(CutForReading(picture, corners, cut, kContainerForm)));
  };
  std::optional<ContainerText> best = read_at(closer);
  const std::array others = {ScaledAlong(closer, {1.05F, 1.12F}), found.corners,
                             ScaledAlong(closer, {1.0F, 1.25F}), ScaledAlong(closer, {0.97F, 0.9F})};
  for (const Corners& corners : others) {
    if (further_cuts_ == 0 || (best && best->probability >= kClear)) break;
    --further_cuts_;
    std::optional<ContainerText> other = read_at(corners);
    if (other && (!best || other->probability > best->probability)) best = std::move(other);
  }
  return best;
}

std::optional<ContainerRead> ContainerReader::ReadOne(const cv::Mat& picture, const Detection& found) {
  ContainerRead read{.number = {}, .layout = found.layout, .corners = LookCloser(picture, found)};
  auto text = ReadWell(picture, found, read.corners);
  if (!text || !text->proved) return std::nullopt;
  read.number = std::move(text->text);
  read.probability = text->probability;
  read.rival_probability = text->rival_probability;
  read.line_height_px = LineHeight(read.corners, read.layout);
  const bool is_close = read.rival_probability > kRivalMax * read.probability;
  read.confidence = Confidence(
      {.probability = read.probability, .line_height_px = read.line_height_px, .doubtful = is_close});
  read.sure = IsSure(read.confidence);
  return read;
}

std::vector<ContainerRead> ContainerReader::Read(const cv::Mat& picture) {
  std::vector<ContainerRead> reads;
  if (picture.type() != CV_8UC3 || picture.cols < 8 || picture.rows < 8) return reads;
  std::vector<Detection> finds = detector_.Find(picture, Detector::kZooms.front());
  further_cuts_ = kFurtherCuts;
  finds.resize(std::min(finds.size(), kFindsMax));
  for (const Detection& found : finds) {
    auto read = ReadOne(picture, found);
    if (!read) continue;
    const auto known = std::ranges::find_if(
        reads, [&](const ContainerRead& one) { return IsSameNumber(one, read->corners); });
    if (known == reads.end()) {
      reads.push_back(*std::move(read));
    } else if (read->confidence > known->confidence) {
      *known = *std::move(read);
    }
  }
  std::ranges::sort(reads, [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  return reads;
}

}  // namespace bordergate::camera
