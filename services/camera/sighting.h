// From a read to what the tracker needs of it.
#pragma once

#include <span>
#include <vector>

#include "services/camera/domain/tracker.h"
#include "services/camera/vision/container_read.h"
#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

std::vector<Sighting> SightingsOf(std::span<const PlateRead> reads);
std::vector<Sighting> SightingsOf(std::span<const ContainerRead> reads);

}  // namespace bordergate::camera
