// The cameras of a site file, each with the lane it belongs to and what of a vehicle it looks at.
#pragma once

#include <string>
#include <vector>

#include "libs/config/site.h"
#include "services/camera/domain/position.h"

namespace bordergate::camera {

struct PlacedCamera {
  std::string camera_id;
  std::string lane_id;
  std::string url;  // empty: it only sends what it reads itself
  Position position = Position::kFront;
  bool reads_plates = true;
  bool reads_containers = false;  // their numbers; only of further cameras
};

// By id.
std::vector<PlacedCamera> CamerasOf(const Site& site);

}  // namespace bordergate::camera
