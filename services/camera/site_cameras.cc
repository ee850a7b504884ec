#include "services/camera/site_cameras.h"

#include <algorithm>

namespace bordergate::camera {

std::vector<PlacedCamera> CamerasOf(const Site& site) {
  std::vector<PlacedCamera> cameras;
  for (const SiteLane& lane : site.lanes) {
    cameras.push_back({lane.camera_id, lane.lane_id, lane.camera_url, Position::kFront});
    for (const SiteCamera& camera : lane.further_cameras) {
      cameras.push_back({camera.camera_id, lane.lane_id, camera.camera_url,
                         camera.position == "rear" ? Position::kRear : Position::kTrailer,
                         camera.reads_plates, camera.reads_containers});
    }
    if (!lane.slip_camera_id.empty())
      cameras.push_back({lane.slip_camera_id, lane.lane_id, lane.slip_camera_url, Position::kWindow, false});
  }
  std::sort(cameras.begin(), cameras.end(),
            [](const auto& a, const auto& b) { return a.camera_id < b.camera_id; });
  return cameras;
}

}  // namespace bordergate::camera
