// What this process and the one that decodes a camera's JPEG pictures tell each other: one message each way
// on a socket that keeps messages apart, the bytes in memory that both see.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bordergate::camera::wire {

// The descriptors that the decoding process is started with.
inline constexpr int kSocket = 3;
inline constexpr int kMemory = 4;

// The memory: the JPEG from 0 on, the pixels from kPixelsAt on, rows without gaps. Pages that were never
// written cost nothing.
inline constexpr size_t kJpegBytesMax = 8 << 20;
inline constexpr size_t kPixelsMax = 24'000'000;
inline constexpr size_t kPixelsAt = kJpegBytesMax;
inline constexpr size_t kMemoryBytes = kPixelsAt + 3 * kPixelsMax;

enum class Form : int32_t {
  kWhole = 1,  // blue, green, red
  kSmall = 2,  // an eighth in gray
};

struct Request {
  Form form;
  uint32_t jpeg_bytes;
  // Of the pixels that are expected; a picture that would become another size is refused.
  int32_t width_px;
  int32_t height_px;
};

struct Answer {
  int32_t decoded;  // 1: the pixels are there
};

}  // namespace bordergate::camera::wire
