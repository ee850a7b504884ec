// RTSP streams and video files, read by a process of their own (video_main.cc): a fault of FFmpeg, or a
// camera that makes use of one, ends that process and nothing else, and cannot reach the key that `lane`
// trusts. It is started for each connection and killed when the connection shall end, also while it waits for
// a name server. Source: fault E11 of the fault catalogue, decision 0034.
#pragma once

#include "services/camera/device/frame_source.h"

namespace bordergate::camera {

//   program   path of camera_video
//   errors    SOURCE_UNAVAILABLE as the source in that process says it (video_source.h); also when the
//   process ends
//             or says nothing in time
std::unique_ptr<FrameSource> MakeApartVideoSource(const std::string& program, const std::string& url,
                                                  const SourceTimes& times, const Clock& clock);

}  // namespace bordergate::camera
