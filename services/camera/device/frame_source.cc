#include "services/camera/device/frame_source.h"

#include "libs/core/child_process.h"
#include "services/camera/device/apart_video_source.h"
#include "services/camera/device/folder_source.h"
#include "services/camera/device/mjpeg_source.h"

namespace bordergate::camera {

std::unique_ptr<FrameSource> MakeFrameSource(const std::string& url, const SourceTimes& times,
                                             const Clock& clock) {
  if (url.starts_with("http://") || url.starts_with("https://")) return MakeMjpegSource(url, times, clock);
  if (url.find("://") != std::string::npos) {
    const std::string& program = times.video_program;
    return MakeApartVideoSource(program.empty() ? ProgramBesideThis("camera_video") : program, url, times,
                                clock);
  }
  return MakeFolderSource(url, clock);
}

}  // namespace bordergate::camera
