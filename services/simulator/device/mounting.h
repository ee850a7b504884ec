// Parts of a truck as they stand in the view of a lens: what the painters of both sides share.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include <opencv2/core/mat.hpp>

#include "services/simulator/device/lens.h"
#include "services/simulator/device/perspective.h"
#include "services/simulator/domain/plate_face.h"

namespace bordergate::simulator {

// From where a camera looks at trucks.
enum class Side { kBefore, kBehind };

// Corners of an upright rectangle across the lane, clockwise from the top left as the camera sees it.
//   middle   how far right of the truck's middle its own is in the picture, in metres
std::array<cv::Point3d, 4> Upright(Side side, double x, double width, double bottom, double height,
                                   double middle = 0);

// A plate in its frame.
//   x         the truck's end that carries it
//   height    of the plate's middle above the road
//   returns   the corners of the plate in pixels
Quad MountPlate(const Lens& lens, Side side, const PlateFace& face, const cv::Mat& plate, double x,
                double height, cv::Mat& picture);

// The long side of a load, with ribs that go with the truck, so that one sees it move.
//   rear, front   where it begins and ends
//   ribs_from     the place of the truck's front; ribs are counted from it
//   nearest       what is nearer to the lens than this is not painted, in metres
void PaintLongSide(const Lens& lens, double rear, double front, double ribs_from, double nearest,
                   const cv::Scalar& colour, cv::Mat& picture);

// What was painted of the trucks that were seen lately; a painter asks for it picture after picture.
template <class Painted>
class PaintedTrucks {
 public:
  // Before each picture.
  void Next() {
    ++picture_count_;
    std::erase_if(trucks_,
                  [this](const auto& entry) { return entry.second.used + kForget < picture_count_; });
  }
  // What `paint` made of the truck when it was seen first.
  template <class Paint>
  const Painted& Of(const std::string& truck_id, Paint paint) {
    auto at = trucks_.find(truck_id);
    if (at == trucks_.end()) at = trucks_.emplace(truck_id, Entry{paint(), 0}).first;
    at->second.used = picture_count_;
    return at->second.painted;
  }

 private:
  // Pictures after which a truck that is not seen any more is forgotten.
  static constexpr int64_t kForget = 300;
  struct Entry {
    Painted painted;
    int64_t used = 0;  // number of the picture it was last seen in
  };

  int64_t picture_count_ = 0;
  std::map<std::string, Entry> trucks_;
};

}  // namespace bordergate::simulator
