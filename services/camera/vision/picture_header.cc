#include "services/camera/vision/picture_header.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "services/camera/vision/reasons.h"

namespace bordergate::camera {
namespace {

using Bytes = std::span<const uint8_t>;

uint32_t BigEndian16(Bytes b, size_t at) { return static_cast<uint32_t>(b[at]) << 8 | b[at + 1]; }
uint32_t BigEndian32(Bytes b, size_t at) { return BigEndian16(b, at) << 16 | BigEndian16(b, at + 2); }

Error Broken(const char* what) { return {kPictureBroken, what}; }

Result<void> CheckSize(uint64_t width, uint64_t height, const PictureLimits& limits) {
  if (width == 0 || height == 0) return Broken("the header names no pixels");
  const auto side = static_cast<uint64_t>(limits.side_px_max);
  if (width > side || height > side || width * height > static_cast<uint64_t>(limits.pixels_max)) {
    return Error(kPictureTooLarge, fmt::format("{} x {} pixels; at most {} in all and {} a side", width,
                                               height, limits.pixels_max, limits.side_px_max));
  }
  return {};
}

// The markers of a JPEG, from its start to its end marker.
class JpegScanner {
 public:
  JpegScanner(Bytes bytes, const PictureLimits& limits) : bytes_(bytes), limits_(limits) {}

  Result<PictureHeader> Run() {
    while (true) {
      const uint8_t marker = BG_TRY(NextMarker());
      if (marker == kEnd) {
        if (scans_ == 0) return Broken("no scan before the end");
        return header_;
      }
      if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) continue;  // stand alone
      const size_t length = BG_TRY(SegmentLength());
      if (IsFrame(marker)) BG_TRY(ReadFrame(length));
      at_ += length;
      if (marker == kScan) {
        if (header_.width_px == 0) return Broken("a scan before the frame");
        if (++scans_ > limits_.scans_max) {
          return Error(kPictureTooLarge, fmt::format("more than {} scans", limits_.scans_max));
        }
        SkipScan();
      }
    }
  }

 private:
  static constexpr uint8_t kEnd = 0xD9;
  static constexpr uint8_t kScan = 0xDA;

  static bool IsFrame(uint8_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  Result<uint8_t> NextMarker() {
    if (at_ + 2 > bytes_.size()) return Broken("the JPEG ends early");
    if (bytes_[at_] != 0xFF) return Broken("no marker where one must stand");
    while (at_ < bytes_.size() && bytes_[at_] == 0xFF) ++at_;
    if (at_ >= bytes_.size()) return Broken("the JPEG ends early");
    return bytes_[at_++];
  }

  Result<size_t> SegmentLength() {
    if (at_ + 2 > bytes_.size()) return Broken("the JPEG ends early");
    const size_t length = BigEndian16(bytes_, at_);
    if (length < 2 || at_ + length > bytes_.size()) return Broken("a part is longer than the file");
    return length;
  }

  Result<void> ReadFrame(size_t length) {
    if (length < 8) return Broken("the frame header is too short");
    if (header_.width_px != 0) return Broken("two frame headers");
    const uint32_t height = BigEndian16(bytes_, at_ + 3);
    const uint32_t width = BigEndian16(bytes_, at_ + 5);
    BG_TRY(CheckSize(width, height, limits_));
    header_ = {static_cast<int>(width), static_cast<int>(height)};
    return {};
  }

  // To the next marker that is neither a stuffed zero nor a restart.
  void SkipScan() {
    while (at_ + 1 < bytes_.size()) {
      const auto* found = std::find(bytes_.data() + at_, bytes_.data() + bytes_.size() - 1, 0xFF);
      at_ = static_cast<size_t>(found - bytes_.data());
      if (at_ + 1 >= bytes_.size()) return;
      const uint8_t next = bytes_[at_ + 1];
      if (next != 0 && !(next >= 0xD0 && next <= 0xD7) && next != 0xFF) return;
      at_ += next == 0xFF ? 1 : 2;
    }
  }

  Bytes bytes_;
  const PictureLimits& limits_;
  size_t at_ = 2;
  PictureHeader header_;
  int scans_ = 0;
};

Result<PictureHeader> ReadPng(Bytes bytes, const PictureLimits& limits) {
  PictureHeader header;
  size_t at = 8;
  while (at + 12 <= bytes.size()) {
    const uint64_t length = BigEndian32(bytes, at);
    const uint32_t kind = BigEndian32(bytes, at + 4);
    if (length > bytes.size() - at - 12) return Broken("a part is longer than the file");
    if (at == 8) {
      if (kind != 0x49484452 || length != 13)
        return Broken("the PNG does not begin with its header");  // IHDR
      const uint32_t width = BigEndian32(bytes, at + 8);
      const uint32_t height = BigEndian32(bytes, at + 12);
      BG_TRY(CheckSize(width, height, limits));
      header = {static_cast<int>(width), static_cast<int>(height)};
    }
    if (kind == 0x49454E44) return header;  // IEND
    at += 12 + static_cast<size_t>(length);
  }
  return Broken("the PNG ends early");
}

}  // namespace

Result<PictureHeader> ReadPictureHeader(std::span<const uint8_t> bytes, const PictureLimits& limits) {
  constexpr std::array<uint8_t, 8> kPng = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (static_cast<int64_t>(bytes.size()) > limits.bytes_max) {
    return Error(kPictureTooLarge, fmt::format("{} bytes; at most {}", bytes.size(), limits.bytes_max));
  }
  if (bytes.size() >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF) {
    return JpegScanner(bytes, limits).Run();
  }
  if (bytes.size() >= kPng.size() && std::equal(kPng.begin(), kPng.end(), bytes.begin())) {
    return ReadPng(bytes, limits);
  }
  return Error(kPictureUnsupported, "neither JPEG nor PNG");
}

}  // namespace bordergate::camera
