#include "services/camera/sighting.h"

namespace bordergate::camera {
namespace {

int LinesOf(Layout layout) { return layout == Layout::kTwoLine ? 2 : 1; }

Sighting SightingOf(const PlateRead& read) {
  return {.text = read.plate,
          .confidence = read.confidence,
          .sure = read.sure,
          .height_px = read.height_px,
          .line_height_px = read.height_px / LinesOf(read.layout)};
}

Sighting SightingOf(const ContainerRead& read) {
  return {.text = read.number,
          .confidence = read.confidence,
          .sure = read.sure,
          .height_px = read.line_height_px * LinesOf(read.layout),
          .line_height_px = read.line_height_px};
}

template <class Read>
std::vector<Sighting> Convert(std::span<const Read> reads) {
  std::vector<Sighting> sightings;
  for (const Read& read : reads) {
    Sighting& sighting = sightings.emplace_back(SightingOf(read));
    for (const cv::Point2f& corner : read.corners) {
      sighting.centre[0] += corner.x / 4;
      sighting.centre[1] += corner.y / 4;
    }
  }
  return sightings;
}

}  // namespace

std::vector<Sighting> SightingsOf(std::span<const PlateRead> reads) { return Convert(reads); }
std::vector<Sighting> SightingsOf(std::span<const ContainerRead> reads) { return Convert(reads); }

}  // namespace bordergate::camera
