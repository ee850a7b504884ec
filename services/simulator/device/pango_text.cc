#include "services/simulator/device/pango_text.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <pango/pangocairo.h>

#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {
namespace {

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
struct FreeDescription {
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};

constexpr std::array<std::pair<const char*, const char*>, 3> kPackages = {{
    {"OSP-DIN", "fonts-opendin"},
    {"Noto Sans CJK SC", "fonts-noto-cjk"},
    {"DejaVu Sans", "fonts-dejavu-core"},
}};

// The path at an arbitrary size, and the box of its ink.
Box AddNaturalPath(cairo_t* context, std::string_view text, const char* font) {
  const std::unique_ptr<PangoLayout, Unref> layout(pango_cairo_create_layout(context));
  const std::unique_ptr<PangoFontDescription, FreeDescription> description(
      pango_font_description_from_string(font));
  pango_font_description_set_absolute_size(description.get(), 200.0 * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), description.get());
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  pango_cairo_layout_path(context, layout.get());
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  cairo_path_extents(context, &left, &top, &right, &bottom);
  return {left, top, right - left, bottom - top};
}

// Moves a path made at its natural size into the box.
void Place(cairo_t* context, std::string_view text, const char* font, const Box& ink, const Box& box) {
  cairo_path_t* outer = cairo_copy_path(context);
  cairo_new_path(context);
  cairo_save(context);
  cairo_translate(context, box.x, box.y);
  cairo_scale(context, box.width / std::max(1.0, ink.width), box.height / std::max(1.0, ink.height));
  cairo_translate(context, -ink.x, -ink.y);
  AddNaturalPath(context, text, font);
  cairo_restore(context);
  cairo_append_path(context, outer);
  cairo_path_destroy(outer);
}

Box Measure(cairo_t* context, std::string_view text, const char* font) {
  cairo_path_t* outer = cairo_copy_path(context);
  cairo_new_path(context);
  const Box ink = AddNaturalPath(context, text, font);
  cairo_new_path(context);
  cairo_append_path(context, outer);
  cairo_path_destroy(outer);
  return ink;
}

}  // namespace

Result<void> CheckFonts() {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  std::set<std::string> installed;
  for (int at = 0; at < count; ++at) installed.insert(pango_font_family_get_name(families[at]));
  g_free(families);
  std::string missing;
  for (const auto& [family, package] : kPackages) {
    if (!installed.contains(family)) missing += fmt::format(" {} (package {})", family, package);
  }
  if (!missing.empty())
    return Error(kFontMissing, fmt::format("fonts are not installed:{}; run ./setup", missing));
  return {};
}

void AddTextPath(cairo_t* context, std::string_view text, const char* font, const Box& box) {
  Place(context, text, font, Measure(context, text, font), box);
}

void AddTextPathByHeight(cairo_t* context, std::string_view text, const char* font, double stretch,
                         const Box& box) {
  const Box ink = Measure(context, text, font);
  const double width = std::min(box.width, ink.width * stretch * box.height / std::max(1.0, ink.height));
  Place(context, text, font, ink, {box.x + (box.width - width) / 2, box.y, width, box.height});
}

}  // namespace bordergate::simulator
