// RTSP streams and video files by FFmpeg's libraries (libavformat, libavcodec, libswscale). Each frame is
// decoded, and as many as are wanted become JPEG.
//
// Every call that can wait is bounded: FFmpeg asks us every 100 ms whether it shall go on, and it shall not
// once we are stopping or the time for opening or for the next frame has passed. OpenCV's own reader of
// streams is not used: it cannot be interrupted from outside and does not tell the camera's clock.
#pragma once

#include "services/camera/device/frame_source.h"

namespace bordergate::camera {

// rtsp:// and rtsps:// by TCP; file:// at the pace of its own time stamps.
//   on_open  called when the stream is open, before its first packet is decoded
//   errors   SOURCE_UNAVAILABLE as FrameSource::Run says; also for an address of any other kind, a stream
//            without video, and video that is not H.264, H.265, MPEG-4 or MJPEG
std::unique_ptr<FrameSource> MakeVideoSource(
    const std::string& url, const SourceTimes& times, const Clock& clock,
    std::function<void()> on_open = [] {});

}  // namespace bordergate::camera
