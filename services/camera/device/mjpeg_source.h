// MJPEG over HTTP: multipart/x-mixed-replace, by libcurl. Frames stay as the camera sent them; nothing is
// decoded here.
#pragma once

#include "services/camera/device/frame_source.h"

namespace bordergate::camera {

// Cuts JPEG pictures out of a multipart stream, whatever pieces it arrives in. Parts may or may not name
// their length.
class MultipartSplitter {
 public:
  //   boundary    from the Content-Type header, without the leading dashes
  //   part_max    largest part in bytes; a larger one ends the stream
  MultipartSplitter(std::string boundary, size_t part_max)
      : boundary_("--" + std::move(boundary)), part_max_(part_max) {}

  struct Part {
    std::string header;  // in lower case
    std::string body;
  };
  // Calls on_part for each whole part. False: the stream is not multipart or a part is too large.
  bool Add(std::string_view bytes, const std::function<void(Part)>& on_part);

 private:
  // Takes one part out of buffer_; nothing when it is not whole yet.
  std::optional<Part> TakePart(bool* broken);

  std::string boundary_;
  size_t part_max_;
  std::string buffer_;
};

// When a part was taken by the clock of its camera: the header X-Timestamp, seconds since 1970 with or
// without decimals. Nothing when there is none or it is no time.
std::optional<Instant> StatedTimeOf(std::string_view header);

// The boundary parameter of a Content-Type value, or nothing.
std::optional<std::string> BoundaryOf(std::string_view content_type);

std::unique_ptr<FrameSource> MakeMjpegSource(const std::string& url, const SourceTimes& times,
                                             const Clock& clock);

}  // namespace bordergate::camera
