// The cameras of the site, as people ask about them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "services/camera/domain/position.h"

namespace bordergate::camera {

struct CameraStatus {
  std::string camera_id;
  std::string lane_id;
  Position position = Position::kFront;
  std::string fault_code;                    // empty when healthy; with one its frames cannot be trusted
  std::string warning_code;                  // empty when there is nothing to look after
  std::optional<milliseconds> clock_skew{};  // positive: the camera's clock is ahead of ours
  std::optional<Instant> frame_time;
  double frames_per_second = 0;
  int width_px = 0;
  int height_px = 0;
  int64_t read_count = 0;
};

struct CameraStill {
  std::shared_ptr<const std::string> jpeg;
  Instant frame_time;
};

class Cameras {
 public:
  virtual ~Cameras() = default;
  // By id.
  virtual std::vector<CameraStatus> List() const = 0;
  // The newest frame as JPEG.
  //   errors   CAMERA_NOT_FOUND, CAMERA_NO_FRAME (none in the last 5 s)
  virtual Result<CameraStill> Still(const std::string& camera_id) const = 0;
};

}  // namespace bordergate::camera
