// Pictures from files and cameras: judged by their header first, decoded after.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include <opencv2/core.hpp>

#include "libs/core/result.h"
#include "services/camera/vision/picture_header.h"

namespace bordergate::camera {

//   returns  8 bit, three channels, blue first
//   errors   those of ReadPictureHeader; then PICTURE_BROKEN when the decoder refuses the content
Result<cv::Mat> DecodePicture(std::span<const uint8_t> bytes, const PictureLimits& limits = {});

//   errors   PICTURE_UNREADABLE; PICTURE_TOO_LARGE for its bytes, before they are read
Result<std::vector<uint8_t>> ReadPictureFile(const std::filesystem::path& path,
                                             const PictureLimits& limits = {});

}  // namespace bordergate::camera
