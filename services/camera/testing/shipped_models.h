// Where the models lie that are shipped.
#pragma once

#include <filesystem>

namespace bordergate::camera {

inline std::filesystem::path ShippedModels() { return CAMERA_MODELS; }

}  // namespace bordergate::camera
