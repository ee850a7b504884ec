#include "services/camera/vision/plate_reader.h"

#include <algorithm>
#include <array>
#include <optional>

#include "libs/core/text.h"
#include "services/camera/vision/character_reader.h"
#include "services/camera/vision/confidence.h"
#include "services/camera/vision/detector.h"
#include "services/camera/vision/geometry.h"
#include "services/camera/vision/plate_grammar.h"
#include "services/camera/vision/plate_search.h"
#include "services/camera/vision/refiner.h"
#include "services/camera/vision/spacing.h"

namespace bordergate::camera {
namespace {

// The refiner says that it is no plate: surely, on the way; so likely that reading it is not worth its time,
// where it came to rest. Beside a plate that was read surely, less will do.
constexpr double kNoneMax = 0.9;
constexpr double kNoneAtRestMax = 0.3;
constexpr double kNoneBesideSureMax = 0.1;
constexpr double kCutLikelyMin = 0.02;  // other ways to cut are tried down to this
// The refiner begins where the detector points, which may be half a plate away, and goes on from where it
// came to while a corner still moves.
constexpr int kRefinementsMin = 2;
constexpr int kRefinementsMax = 4;
constexpr double kAtRest = 0.12;          // of the plate's height
constexpr double kClear = 0.9;            // one look is enough
constexpr double kPromising = 0.5;        // beside a sure plate, worth another look at the whole picture
constexpr double kWeakScore = 0.25;       // of the detector
constexpr int kFurtherLooks = 8;          // a picture; they bound the time that it can take
constexpr double kProbabilityMin = 1e-4;  // a text less likely than this was not read at all
constexpr int kCloseUpWidthMax = 480;     // a picture so small may be the plate alone

// The corners tried beside the refiner's, in this order; the first ones mend the most plates that are hard to
// read, and a picture's further looks are few.
enum class CornersOf { kHigher, kBefore, kFromLarger, kFromSmaller };
constexpr std::array kOtherCorners = {CornersOf::kHigher, CornersOf::kBefore, CornersOf::kFromLarger,
                                      CornersOf::kFromSmaller};
// After one look, two and so on: a text less likely than this was never sure after all five, whatever they
// said (docs/measurements.md).
constexpr std::array kWorthAnotherLook = {0.2, 0.3, 0.3, 0.4};
static_assert(kWorthAnotherLook.size() == kOtherCorners.size());
// The edge of a plate is not always where its paint ends, and a cut through the characters' tops or feet
// costs more than a strip of bumper: 6 % of the height on each side.
constexpr float kHigher = 1.12F;
const cv::Size2f kLarger = {1.15F, 1.25F};
const cv::Size2f kSmaller = {0.9F, 0.9F};

bool IsSamePlace(const Corners& known, const Corners& other) {
  const cv::Point2f d = QuadCentre(known) - QuadCentre(other);
  return std::abs(d.x) < QuadWidth(known) / 2 && std::abs(d.y) < QuadHeight(known) / 2;
}

// A plate at the picture's left or right edge may go on outside, and what is left of it can be a plate too:
// of five digits four. A picture that is little more than the plate is another matter.
bool MayBeCut(cv::Size picture, const PlateRead& read) {
  const cv::Rect2f box = QuadBox(read.corners);
  if (box.width > 0.6F * static_cast<float>(picture.width)) return false;
  // One line loses a character at its end; two lines lose half a plate before they still make sense.
  const double near = read.layout == Layout::kOneLine ? 0.25 * read.height_px : -0.09 * box.width;
  return box.x < near || box.x + box.width > picture.width - near;
}

// Military plates of Vietnam are red; six or seven places are also what is left of a longer plate.
// Of China's plates the green ones, and no blue one, have eight places.
bool IsOddColour(const PlateRead& read, size_t places) {
  if (read.country == PlateCountry::kChina) {
    return (read.colour == PlateColour::kGreen && places == 7) ||
           (read.colour == PlateColour::kBlue && places == 8);
  }
  const bool military = !read.plate.empty() && !(read.plate.front() >= '0' && read.plate.front() <= '9');
  return military && read.colour != PlateColour::kRed;
}

// The furthest way of a corner, against the plate's height.
double Moved(const Corners& before, const Corners& after) {
  double way = 0;
  for (size_t i = 0; i < after.size(); ++i) way = std::max(way, cv::norm(after[i] - before[i]));
  return way / std::max(1.0, static_cast<double>(QuadHeight(after)));
}

struct Look {
  LineCut cut = LineCut::kOneLine;
  cv::Mat steps;  // of CharacterReader::Read
  std::vector<Candidate> candidates;
  int looks = 1;  // corners at which it was read

  double Best() const { return candidates.empty() ? 0 : candidates.front().probability; }
};

// Not clear, and other plates had used up the picture's further looks. One such look is luck.
bool WasHurried(const Look& look) { return look.looks == 1 && look.Best() < kClear; }

// Whether a read says what stands there already. Beside a sure read a weak find is hardly ever a plate.
bool IsWorthReading(const Detection& found, const std::vector<PlateRead>& reads) {
  return std::none_of(reads.begin(), reads.end(), [&](const PlateRead& read) {
    return read.sure && (found.score < kWeakScore || IsSamePlace(read.corners, found.corners));
  });
}

// Nothing more to hope for from another look at the picture: a plate was read surely and none nearly so.
bool IsSettled(const std::vector<PlateRead>& reads) {
  const auto is_promising = [](const PlateRead& read) { return !read.sure && read.probability > kPromising; };
  return std::any_of(reads.begin(), reads.end(), [](const PlateRead& read) { return read.sure; }) &&
         std::none_of(reads.begin(), reads.end(), is_promising);
}

}  // namespace

struct PlateReader::Parts {
  Detector detector;
  Refiner refiner;
  CharacterReader reader;
  PlateGrammar grammar;
  int further_looks = 0;  // of the picture at hand, beside the first look at each plate
  bool has_sure = false;  // a plate of it was read surely

  Look LookOnce(const cv::Mat& picture, const Corners& corners, LineCut cut);
  Corners OtherCorners(const cv::Mat& picture, const Refined& refined, const Corners& before,
                       CornersOf which);
  Look LookWell(const cv::Mat& picture, const Refined& refined, const Corners& before);
  std::optional<PlateRead> ReadOne(const cv::Mat& picture, const Corners& rough);
  std::optional<PlateRead> ReadWhole(const cv::Mat& picture);
};

Look PlateReader::Parts::LookOnce(const cv::Mat& picture, const Corners& corners, LineCut cut) {
  const cv::Mat steps = reader.Read(CutForReading(picture, corners, cut));
  return {cut, steps, SearchPlates(steps, grammar)};
}

Corners PlateReader::Parts::OtherCorners(const cv::Mat& picture, const Refined& refined,
                                         const Corners& before, CornersOf which) {
  switch (which) {
    case CornersOf::kHigher:
      return Scaled(refined.corners, {1.0F, kHigher});
    case CornersOf::kBefore:
      return before;
    case CornersOf::kFromLarger:
      return refiner.Refine(picture, Scaled(refined.corners, kLarger)).corners;
    case CornersOf::kFromSmaller:
      break;
  }
  return refiner.Refine(picture, Scaled(refined.corners, kSmaller)).corners;
}

// One look when it is clear, or when there is nothing to read; in between other cuts, then other corners, as
// long as the picture's further looks last.
Look PlateReader::Parts::LookWell(const cv::Mat& picture, const Refined& refined, const Corners& before) {
  Look best = LookOnce(picture, refined.corners, refined.BestCut());
  if (best.Best() >= kClear) return best;
  for (int i = 0; i < 3; ++i) {
    const auto cut = static_cast<LineCut>(i);
    const double likely = refined.cut_probability[static_cast<size_t>(i)];
    if (cut == refined.BestCut() || likely < kCutLikelyMin || further_looks == 0) continue;
    --further_looks;
    Look other = LookOnce(picture, refined.corners, cut);
    if (other.Best() * likely > best.Best() * refined.cut_probability[static_cast<size_t>(best.cut)]) {
      best = std::move(other);
    }
  }
  std::vector<std::vector<Candidate>> looks = {best.candidates};
  for (size_t i = 0; i < kOtherCorners.size(); ++i) {
    if (best.Best() >= kClear || best.Best() < kWorthAnotherLook[i] || further_looks == 0) break;
    --further_looks;
    const Corners others = OtherCorners(picture, refined, before, kOtherCorners[i]);
    looks.push_back(LookOnce(picture, others, best.cut).candidates);
    best.candidates = Combine(looks);
  }
  best.looks = static_cast<int>(looks.size());
  return best;
}

std::optional<PlateRead> PlateReader::Parts::ReadOne(const cv::Mat& picture, const Corners& rough) {
  Corners before = rough;
  Refined refined = refiner.Refine(picture, rough);
  for (int i = 1; i < kRefinementsMax && refined.none <= kNoneMax; ++i) {
    if (i >= kRefinementsMin && Moved(before, refined.corners) <= kAtRest) break;
    before = refined.corners;
    refined = refiner.Refine(picture, before);
  }
  if (refined.none > (has_sure ? kNoneBesideSureMax : kNoneAtRestMax)) return std::nullopt;
  const Look look = LookWell(picture, refined, before);
  if (look.Best() < kProbabilityMin) return std::nullopt;
  PlateRead read;
  const Candidate& best = look.candidates.front();
  read.plate = best.text;
  read.country = best.country;
  read.layout = look.cut == LineCut::kOneLine ? Layout::kOneLine : Layout::kTwoLine;
  read.colour = refined.colour;
  read.corners = refined.corners;
  read.height_px = QuadHeight(refined.corners);
  Evidence evidence;
  evidence.probability = best.probability;
  evidence.line_height_px = read.layout == Layout::kOneLine ? read.height_px : read.height_px / 2;
  const std::u32string text = DecodeUtf8(read.plate).value_or(U"");
  evidence.doubtful = WasHurried(look) || MayBeCut(picture.size(), read) || IsOddColour(read, text.size()) ||
                      MayHaveLostADigit(text, read.layout, look.steps.rows, PlacesOf(look.steps, text));
  read.probability = evidence.probability;
  read.rival_probability = look.candidates.size() > 1 ? look.candidates[1].probability : 0;
  read.confidence = Confidence(evidence, look.looks > 1 ? kSeveralLooksCalibration : kPlateCalibration);
  read.character_confidence = CharacterConfidence(look.candidates, read.confidence);
  read.sure = IsSure(read.confidence);
  read.looks = look.looks;
  return read;
}

// A small picture may be a plate and nothing else.
std::optional<PlateRead> PlateReader::Parts::ReadWhole(const cv::Mat& picture) {
  const auto right = static_cast<float>(picture.cols) - 0.5F;
  const auto bottom = static_cast<float>(picture.rows) - 0.5F;
  const Corners edge = {cv::Point2f(-0.5F, -0.5F), cv::Point2f(right, -0.5F), cv::Point2f(right, bottom),
                        cv::Point2f(-0.5F, bottom)};
  return ReadOne(picture, edge);
}

PlateReader::PlateReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PlateReader::PlateReader(PlateReader&&) noexcept = default;
PlateReader& PlateReader::operator=(PlateReader&&) noexcept = default;
PlateReader::~PlateReader() = default;

Result<PlateReader> PlateReader::Load(const std::filesystem::path& models) {
  auto parts = std::make_unique<Parts>(
      Parts{BG_TRY(Detector::Load(models / "detector.onnx")), BG_TRY(Refiner::Load(models / "refiner.onnx")),
            BG_TRY(CharacterReader::Load(models / "reader.onnx")), PlateGrammar()});
  BG_TRY(parts->detector.WarmUp());
  return PlateReader(std::move(parts));
}

std::vector<PlateRead> PlateReader::Read(const cv::Mat& picture) {
  std::vector<PlateRead> reads;
  if (picture.type() != CV_8UC3 || picture.cols < 8 || picture.rows < 8) return reads;
  parts_->has_sure = false;
  const auto add = [&](std::optional<PlateRead> read) {
    if (!read) return;
    parts_->has_sure |= read->sure;
    for (PlateRead& known : reads) {
      if (!IsSamePlace(known.corners, read->corners)) continue;
      if (read->confidence > known.confidence) known = *std::move(read);
      return;
    }
    reads.push_back(*std::move(read));
  };
  for (const double zoom : Detector::kZooms) {
    parts_->further_looks = kFurtherLooks;
    const std::vector<Detection> found = parts_->detector.Find(picture, zoom);
    for (const Detection& one : found) {
      if (IsWorthReading(one, reads)) add(parts_->ReadOne(picture, one.corners));
    }
    if (IsSettled(reads)) break;
  }
  const bool none_sure =
      std::none_of(reads.begin(), reads.end(), [](const PlateRead& read) { return read.sure; });
  if (none_sure && picture.cols <= kCloseUpWidthMax && picture.cols >= picture.rows)
    add(parts_->ReadWhole(picture));
  std::sort(reads.begin(), reads.end(),
            [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  return reads;
}

}  // namespace bordergate::camera
