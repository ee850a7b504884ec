// Outlines of characters, by Pango and cairo. Only painters include this.
#pragma once

#include <string>
#include <string_view>

#include <cairo.h>

#include "libs/core/result.h"

namespace bordergate::simulator {

// Font families that pictures are painted with, and the Debian packages they come in.
inline constexpr const char* kPlateFont = "OSP-DIN";              // fonts-opendin
inline constexpr const char* kHanFont = "Noto Sans CJK SC Bold";  // fonts-noto-cjk
inline constexpr const char* kSignFont = "DejaVu Sans Bold";      // fonts-dejavu-core

// Whether all of them are installed: a missing font would be replaced by another one without a word.
//   errors   FONT_MISSING
Result<void> CheckFonts();

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

// Adds the outline of the text to the context's path, stretched so that its ink fills the box.
void AddTextPath(cairo_t* context, std::string_view text, const char* font, const Box& box);

// The same, but only the height is given by the box: the width is that of the ink at `stretch` times its
// natural ratio, centred in the box and never wider than it.
void AddTextPathByHeight(cairo_t* context, std::string_view text, const char* font, double stretch,
                         const Box& box);

}  // namespace bordergate::simulator
