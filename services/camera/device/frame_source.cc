#include "services/camera/device/frame_source.h"

#include "services/camera/device/folder_source.h"
#include "services/camera/device/mjpeg_source.h"
#include "services/camera/device/video_source.h"

namespace bordergate::camera {

std::unique_ptr<FrameSource> MakeFrameSource(const std::string& url, const SourceTimes& times,
                                             const Clock& clock) {
  if (url.starts_with("http://") || url.starts_with("https://")) return MakeMjpegSource(url, times, clock);
  if (url.find("://") != std::string::npos) return MakeVideoSource(url, times, clock);
  return MakeFolderSource(url, clock);
}

}  // namespace bordergate::camera
