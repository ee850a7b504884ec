#include "services/camera/vision/plate_read.h"

namespace bordergate::camera {

std::string_view LayoutName(Layout layout) { return layout == Layout::kOneLine ? "one-line" : "two-line"; }

std::string_view ColourName(PlateColour colour) {
  constexpr std::array<std::string_view, 6> kNames = {"white", "yellow", "blue", "red", "green", "black"};
  return kNames.at(static_cast<size_t>(colour));
}

}  // namespace bordergate::camera
