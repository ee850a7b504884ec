// Whatever a camera sends as a picture: its size within the limits, or a named refusal, without decoding it.
#include <cstdint>

#include "libs/core/check.h"
#include "services/camera/vision/picture_header.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bordergate::camera;  // NOLINT(google-build-using-namespace)
  const PictureLimits limits;
  const auto header = ReadPictureHeader({data, size}, limits);
  if (!header) {
    BG_CHECK(!header.error().message().empty(), "a refusal has its reason");
    return 0;
  }
  BG_CHECK(header->width_px > 0 && header->width_px <= limits.side_px_max, "a width");
  BG_CHECK(header->height_px > 0 && header->height_px <= limits.side_px_max, "a height");
  return 0;
}
