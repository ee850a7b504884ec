// Between the service and camera_video: one request, then messages until either side ends.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bordergate::camera::video_wire {

inline constexpr int kSocket = 3;
inline constexpr size_t kUrlBytesMax = 4096;
inline constexpr size_t kFrameBytesMax = 8 << 20;
inline constexpr size_t kTextBytesMax = 512;

// Followed by the address.
struct Request {
  uint32_t url_bytes;
  uint32_t unused;
  int64_t connect_timeout_ms;
  int64_t frame_timeout_ms;
  int64_t frame_interval_min_ms;
};

enum class Kind : uint32_t {
  kFrame = 1,  // followed by a JPEG
  kEnd = 2,    // followed by why; the last
};

struct Message {
  Kind kind;
  uint32_t bytes;
  int64_t is_stated;  // 1: the camera's clock said when the frame was taken
  int64_t stated_us;  // since 1970
};

}  // namespace bordergate::camera::video_wire
