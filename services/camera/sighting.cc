#include "services/camera/sighting.h"

namespace bordergate::camera {
namespace {

Sighting SightingOf(const PlateRead& read) {
  Sighting sighting{.plate = read.plate,
                    .confidence = read.confidence,
                    .sure = read.sure,
                    .height_px = read.height_px,
                    .line_height_px = read.height_px / (read.layout == Layout::kTwoLine ? 2 : 1)};
  for (const cv::Point2f& corner : read.corners) {
    sighting.centre[0] += corner.x / 4;
    sighting.centre[1] += corner.y / 4;
  }
  return sighting;
}

}  // namespace

std::vector<Sighting> SightingsOf(std::span<const PlateRead> reads) {
  std::vector<Sighting> sightings;
  for (const PlateRead& read : reads) sightings.push_back(SightingOf(read));
  return sightings;
}

}  // namespace bordergate::camera
