// A folder of pictures in place of a camera.
#pragma once

#include "services/camera/device/frame_source.h"

namespace bordergate::camera {

// The JPEG files of a folder, in the order of their names, two a second, again and again.
std::unique_ptr<FrameSource> MakeFolderSource(const std::string& folder, const Clock& clock);

}  // namespace bordergate::camera
