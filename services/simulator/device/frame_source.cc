#include "services/simulator/device/frame_source.h"

#include <algorithm>

#include <fmt/format.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "services/simulator/device/photo_folder.h"
#include "services/simulator/device/scenery.h"
#include "services/simulator/device/slip_painter.h"

namespace bordergate::simulator {
namespace {

// A truck with a photograph is shown by it while it is this near to the arm.
constexpr double kPhotoFromM = -12;
constexpr double kPhotoToM = 2;
// A driver holds his slip before the window's camera while he stands at the stop line.
constexpr double kWindowFromM = -6;

// The photograph to show, if any.
const std::string* PhotoOf(const LaneView& view) {
  for (const LaneView::Seen& seen : view.trucks) {
    if (!seen.truck.photo.empty() && seen.front_m > kPhotoFromM && seen.front_m < kPhotoToM)
      return &seen.truck.photo;
  }
  return nullptr;
}

// Trucks with photographs are not painted.
LaneView Painted(const LaneView& view) {
  LaneView painted = view;
  std::erase_if(painted.trucks, [](const LaneView::Seen& seen) { return !seen.truck.photo.empty(); });
  return painted;
}

// The slip of whoever stands at the barrier.
std::string SlipOf(const LaneView& view) {
  for (const LaneView::Seen& seen : view.trucks) {
    if (!seen.moving && seen.front_m > kWindowFromM && seen.front_m < 0) return seen.truck.slip;
  }
  return "";
}

bool IsBehind(CameraSight sight) { return sight == CameraSight::kRear || sight == CameraSight::kDoors; }

bool Moves(const LaneView& view) {
  return view.arm_moving || std::ranges::any_of(view.trucks, [](const auto& seen) { return seen.moving; });
}

}  // namespace

ScenePainter& FramePainters::Front(bool night) {
  auto& painter = fronts_.at(night ? 1 : 0);
  if (!painter) painter = std::make_unique<ScenePainter>(night);
  return *painter;
}

RearPainter& FramePainters::Rear(RearPainter::Aim aim, bool night) {
  auto& painter = (aim == RearPainter::Aim::kDoors ? doors_ : rears_).at(night ? 1 : 0);
  if (!painter) painter = std::make_unique<RearPainter>(aim, night);
  return *painter;
}

const cv::Mat& FramePainters::Photo(const std::string& file) {
  if (file != photo_file_) {
    const cv::Size size(ScenePainter::kWidth, ScenePainter::kHeight);
    auto photo = LoadPhoto(file, size);
    photo_ = photo ? *std::move(photo) : cv::Mat::zeros(size, CV_8UC3);
    photo_file_ = file;
  }
  return photo_;
}

FrameSource::FrameSource(FramePainters& painters, const std::string& caption, FrameRates rates,
                         CameraSight sight)
    : painters_(painters), caption_(PaintCaption(caption)), rates_(rates), sight_(sight) {}

bool FrameSource::Has(const LaneView& view, Fault fault) const {
  if (!IsBehind(sight_)) return view.faults.Has(fault);
  switch (fault) {
    case Fault::kCameraFrozen:
      return view.faults.Has(Fault::kRearCameraFrozen);
    case Fault::kCameraBlack:
      return view.faults.Has(Fault::kRearCameraBlack);
    case Fault::kCameraBlurred:
      return view.faults.Has(Fault::kRearCameraBlurred);
    case Fault::kCameraSilent:
      return view.faults.Has(Fault::kRearCameraSilent);
    case Fault::kCameraAway:
      return view.faults.Has(Fault::kRearCameraAway);
    default:
      return false;
  }
}

Frame FrameSource::Next(const LaneView& view, bool night) {
  if (Has(view, Fault::kCameraAway) || Has(view, Fault::kCameraSilent)) return nullptr;
  if (Has(view, Fault::kCameraFrozen) && last_) return last_;
  ++frame_number_;
  const std::string key = StillKey(view, night);
  if (Moves(view) || key != still_key_) variants_.clear();
  still_key_ = key;
  // A black picture has no noise to differ by.
  const size_t wanted = Has(view, Fault::kCameraBlack) ? 1 : kVariants;
  if (variants_.size() >= wanted) {
    last_ = variants_[frame_number_ % wanted];
    return last_;
  }
  last_ = Paint(view, night);
  variants_.push_back(last_);
  return last_;
}

milliseconds FrameSource::Interval(const LaneView& view) const {
  if (Moves(view)) return rates_.moving;
  if (!view.trucks.empty()) return rates_.standing;
  return IsBehind(sight_) ? 2 * rates_.idle : rates_.idle;
}

Frame FrameSource::Paint(const LaneView& view, bool night) {
  ++painted_count_;
  plates_.clear();
  if (Has(view, Fault::kCameraBlack)) {
    const cv::Mat black = cv::Mat::zeros(ScenePainter::kHeight, ScenePainter::kWidth, CV_8UC3);
    return std::make_shared<const std::string>(painters_.encoder().Encode(black));
  }
  if (sight_ == CameraSight::kWindow) {
    return std::make_shared<const std::string>(
        painters_.encoder().Encode(PaintWindow(SlipOf(view), frame_number_)));
  }
  const bool behind = IsBehind(sight_);
  const auto aim = sight_ == CameraSight::kDoors ? RearPainter::Aim::kDoors : RearPainter::Aim::kPlate;
  if (const std::string* photo = behind ? nullptr : PhotoOf(view)) return EncodePhoto(*photo);
  // A photograph shows a front; its truck's rear is painted.
  const cv::Mat& picture =
      behind ? painters_.Rear(aim, night).Paint(view, caption_, frame_number_, &plates_)
             : painters_.Front(night).Paint(Painted(view), caption_, frame_number_, &plates_);
  if (!Has(view, Fault::kCameraBlurred)) {
    return std::make_shared<const std::string>(painters_.encoder().Encode(picture));
  }
  cv::Mat blurred;
  cv::blur(picture, blurred, {25, 25});
  return std::make_shared<const std::string>(painters_.encoder().Encode(blurred));
}

Frame FrameSource::EncodePhoto(const std::string& file) {
  cv::Mat picture;
  // The exposure wavers a little.
  cv::add(painters_.Photo(file), cv::Scalar::all(static_cast<double>(frame_number_ % kVariants)), picture);
  return std::make_shared<const std::string>(painters_.encoder().Encode(picture));
}

std::string FrameSource::StillKey(const LaneView& view, bool night) const {
  std::string key = fmt::format("{}{}{}{:.3f}", night, Has(view, Fault::kCameraBlack),
                                Has(view, Fault::kCameraBlurred), view.arm_angle);
  for (const LaneView::Seen& seen : view.trucks)
    key += fmt::format(" {}@{:.2f}", seen.truck.truck_id, seen.front_m);
  return key;
}

}  // namespace bordergate::simulator
