// RTSP (and any other address FFmpeg understands) by OpenCV, with time-outs of our own: frames are encoded to
// JPEG.
#pragma once

#include "services/camera/device/frame_source.h"

namespace bordergate::camera {

std::unique_ptr<FrameSource> MakeVideoSource(const std::string& url, const SourceTimes& times,
                                             const Clock& clock);

// The pictures of a folder, in the order of their names, two a second, again and again.
std::unique_ptr<FrameSource> MakeFolderSource(const std::string& folder, const Clock& clock);

}  // namespace bordergate::camera
