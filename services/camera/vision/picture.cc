#include "services/camera/vision/picture.h"

#include <fstream>

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>

#include "services/camera/vision/reasons.h"

namespace bordergate::camera {

Result<cv::Mat> DecodePicture(std::span<const uint8_t> bytes, const PictureLimits& limits) {
  const PictureHeader header = BG_TRY(ReadPictureHeader(bytes, limits));
  try {
    const cv::Mat wrapped(1, static_cast<int>(bytes.size()), CV_8U, const_cast<uint8_t*>(bytes.data()));
    cv::Mat picture = cv::imdecode(wrapped, cv::IMREAD_COLOR);
    // The decoder may turn the picture by its EXIF note, so the sides may have changed places.
    const bool as_named =
        picture.total() == static_cast<size_t>(header.width_px) * static_cast<size_t>(header.height_px);
    if (picture.empty() || !as_named) return Error(kPictureBroken, "the decoder refused it");
    return picture;
  } catch (const cv::Exception& fault) {
    return Error(kPictureBroken, fault.err);
  }
}

Result<std::vector<uint8_t>> ReadPictureFile(const std::filesystem::path& path, const PictureLimits& limits) {
  std::error_code fault;
  const bool regular = std::filesystem::is_regular_file(path, fault);
  const uintmax_t size = regular ? std::filesystem::file_size(path, fault) : 0;
  if (!regular || fault)
    return Error(kPictureUnreadable, fmt::format("{} is no readable file", path.string()));
  if (size > static_cast<uintmax_t>(limits.bytes_max)) {
    return Error(kPictureTooLarge, fmt::format("{} bytes; at most {}", size, limits.bytes_max));
  }
  std::ifstream file(path, std::ios::binary);
  std::vector<uint8_t> bytes(size);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!file) return Error(kPictureUnreadable, fmt::format("{} cannot be read", path.string()));
  return bytes;
}

}  // namespace bordergate::camera
