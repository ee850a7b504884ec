#include "services/simulator/device/plate_painter.h"

#include <map>

#include <opencv2/imgproc.hpp>

#include "libs/core/check.h"
#include "libs/core/random.h"
#include "libs/core/text.h"
#include "services/simulator/device/painting.h"
#include "services/simulator/device/pango_text.h"
#include "services/simulator/domain/chance.h"

namespace bordergate::simulator {
namespace {

struct Colours {
  Colour ground;
  Colour ink;
};

Colours ColoursOf(PlateColour colour) {
  constexpr Colour kBlack{0.06, 0.06, 0.07};
  constexpr Colour kWhite{0.93, 0.93, 0.92};
  switch (colour) {
    case PlateColour::kWhite:
      return {kWhite, kBlack};
    case PlateColour::kYellow:
      return {{0.95, 0.75, 0.12}, kBlack};
    case PlateColour::kBlue:
      return {{0.05, 0.22, 0.62}, kWhite};
    case PlateColour::kRed:
      return {{0.75, 0.08, 0.10}, kWhite};
    case PlateColour::kBlack:
      return {{0.07, 0.07, 0.08}, kWhite};
    case PlateColour::kGreen:
    case PlateColour::kYellowGreen:
      return {{0.35, 0.78, 0.45}, kBlack};
  }
  BG_CHECK(false, "every colour of a plate is painted");
}

// How one line is set, in millimetres.
struct LineMeasures {
  double top = 0;
  double height = 0;
  double width = 0;      // of a character
  double pitch = 0;      // from one to the next
  double separator = 0;  // place a dash takes
  double dot = 0;        // place a dot takes
};

// Measures of the lines of a face. Vietnam publishes none for its letters; these are taken from plates.
LineMeasures MeasuresOf(const PlateFace& face, size_t line) {
  if (face.country == PlateCountry::kVietnam) {
    if (!face.two_line()) return {15, 80, 40, 49, 36, 20};
    return line == 0 ? LineMeasures{12, 66, 40, 50, 30, 18} : LineMeasures{88, 66, 40, 50, 30, 18};
  }
  if (face.width_mm == 480) return {25, 90, 43, 52, 0, 40};  // GA 36-2018: new energy
  if (!face.two_line()) return {25, 90, 45, 57, 0, 22};
  return line == 0 ? LineMeasures{15, 60, 80, 95, 0, 30} : LineMeasures{90, 110, 65, 80, 0, 0};
}

// One character in its cell.
void PaintCharacter(Canvas& canvas, char32_t c, const Box& cell, double boldness) {
  cairo_t* cairo = canvas.cairo();
  if (c > 0x2E80) {
    AddTextPath(cairo, EncodeUtf8(std::u32string(1, c)), kHanFont, cell);
    cairo_fill(cairo);
    return;
  }
  const bool barred = c == U'Đ';  // the font has none: a D with its bar
  const std::string text = EncodeUtf8(std::u32string(1, barred ? U'D' : c));
  AddTextPathByHeight(cairo, text, kPlateFont, cell.width / cell.height * 1.95, cell);
  cairo_set_line_width(cairo, cell.height * boldness);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_fill_preserve(cairo);
  cairo_stroke(cairo);
  if (barred) {
    cairo_rectangle(cairo, cell.x - 3, cell.y + cell.height / 2 - 5, cell.width * 0.55, 10);
    cairo_fill(cairo);
  }
}

void PaintLine(Canvas& canvas, const PlateFace& face, size_t line, Colour ink) {
  const LineMeasures at = MeasuresOf(face, line);
  const auto text = DecodeUtf8(face.lines[line]);
  BG_CHECK(text.has_value(), "faces are made of valid UTF-8");
  const auto place_of = [&at](char32_t c) {
    if (c == U'-') return at.separator;
    return c == U'.' || c == U'·' ? at.dot : at.pitch;
  };
  double length = at.width - at.pitch;
  for (const char32_t c : *text) length += place_of(c);
  double x = (face.width_mm - length) / 2;
  cairo_t* cairo = canvas.cairo();
  canvas.Set(ink);
  for (const char32_t c : *text) {
    const double middle = x + (place_of(c) - (at.pitch - at.width)) / 2;
    if (c == U'-') {
      cairo_rectangle(cairo, middle - 9, at.top + at.height / 2 - 5, 18, 10);
      cairo_fill(cairo);
    } else if (c == U'.' || c == U'·') {
      cairo_arc(cairo, middle, c == U'.' ? at.top + at.height - 7 : at.top + at.height / 2, 6, 0, 7);
      cairo_fill(cairo);
    } else {
      const double boldness = face.country == PlateCountry::kVietnam ? 0.030 : 0.015;
      PaintCharacter(canvas, c, {x, at.top, at.width, at.height}, boldness);
    }
    x += place_of(c);
  }
}

void PaintGround(Canvas& canvas, const PlateFace& face, const Colours& colours) {
  canvas.FillRect(0, 0, face.width_mm, face.height_mm, colours.ground);
  if (face.colour == PlateColour::kYellowGreen)
    canvas.FillRect(0, 0, 120, face.height_mm, {0.95, 0.75, 0.12});
  if (face.colour == PlateColour::kGreen) {
    cairo_pattern_t* fade = cairo_pattern_create_linear(0, 0, 0, face.height_mm);
    cairo_pattern_add_color_stop_rgb(fade, 0, 0.95, 0.97, 0.95);
    cairo_pattern_add_color_stop_rgb(fade, 1, 0.35, 0.78, 0.45);
    cairo_rectangle(canvas.cairo(), 0, 0, face.width_mm, face.height_mm);
    cairo_set_source(canvas.cairo(), fade);
    cairo_fill(canvas.cairo());
    cairo_pattern_destroy(fade);
  }
  canvas.RoundedPath(5, 5, face.width_mm - 10, face.height_mm - 10, 8);
  canvas.Set(colours.ink);
  cairo_set_line_width(canvas.cairo(), 3);
  cairo_stroke(canvas.cairo());
}

// Two screws, stains, and the dust of the road at the lower edge.
void PaintWear(Canvas& canvas, const PlateFace& face, double wear, int seed) {
  SeededRandom random(static_cast<uint64_t>(seed));
  Chance chance(random);
  for (const double x : {0.2, 0.8}) {
    cairo_arc(canvas.cairo(), face.width_mm * x, 9, 5, 0, 7);
    canvas.Set({0.55, 0.55, 0.55});
    cairo_fill(canvas.cairo());
  }
  for (int stain = 0; stain < static_cast<int>(wear * 30); ++stain) {
    cairo_arc(canvas.cairo(), chance.Share() * face.width_mm, chance.Share() * face.height_mm,
              1.5 + chance.Share() * 5, 0, 7);
    canvas.Set({0.36, 0.30, 0.22}, 0.10 + 0.18 * chance.Share());
    cairo_fill(canvas.cairo());
  }
  cairo_pattern_t* dust = cairo_pattern_create_linear(0, 0, 0, face.height_mm);
  cairo_pattern_add_color_stop_rgba(dust, 0.5, 0.45, 0.38, 0.28, 0);
  cairo_pattern_add_color_stop_rgba(dust, 1, 0.45, 0.38, 0.28, 0.35 * wear);
  cairo_rectangle(canvas.cairo(), 0, 0, face.width_mm, face.height_mm);
  cairo_set_source(canvas.cairo(), dust);
  cairo_fill(canvas.cairo());
  cairo_pattern_destroy(dust);
}

}  // namespace

cv::Mat PaintPlate(const PlateFace& face, double wear, int seed) {
  Canvas canvas(face.width_mm, face.height_mm, false);
  const Colours colours = ColoursOf(face.colour);
  PaintGround(canvas, face, colours);
  for (size_t line = 0; line < face.lines.size(); ++line) PaintLine(canvas, face, line, colours.ink);
  PaintWear(canvas, face, wear, seed);
  return canvas.Picture();
}

}  // namespace bordergate::simulator
