// Where frames come from. Any number of kinds, one interface; each source is read by a thread of its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "libs/core/stop_flag.h"

namespace bordergate::camera {

// One frame as JPEG, with the time it was received. The camera's own clock is never believed; what it states
// is kept to tell how wrong it is.
struct Frame {
  std::shared_ptr<const std::string> jpeg;
  Instant time;
  SteadyInstant steady_time;
  std::optional<Instant> stated_time = {};
};

class FrameSource {
 public:
  virtual ~FrameSource() = default;

  // Opens the source and gives each frame to `on_frame` as it arrives, until the source ends or `stopping`
  // becomes true.
  //   result   ended by `stop`
  //   errors   SOURCE_UNAVAILABLE (cannot be opened, ended, or sent nothing for the time-out)
  //   blocks   the calling thread
  virtual Result<void> Run(const std::function<void(Frame)>& on_frame, const StopFlag& stop) = 0;
};

struct SourceTimes {
  milliseconds connect_timeout{3000};
  milliseconds frame_timeout{5000};
  milliseconds frame_interval_min{80};  // of video, frames that come sooner after the last are not encoded
  std::string video_program = {};       // path of camera_video; empty takes the one beside this program
};

// By the address: http(s):// is MJPEG (multipart), rtsp(s):// is RTSP and file:// a video file, by FFmpeg
// apart from us, anything else a folder of pictures that is shown in the order of names, two a second, again
// and again.
std::unique_ptr<FrameSource> MakeFrameSource(const std::string& url, const SourceTimes& times,
                                             const Clock& clock);

}  // namespace bordergate::camera
