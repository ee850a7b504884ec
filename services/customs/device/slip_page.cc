#include "services/customs/device/slip_page.h"

#include <memory>

#include <fmt/format.h>
#include <pango/pangocairo.h>

#include "libs/core/check.h"
#include "libs/slip/qr_code.h"

namespace bordergate::customs {
namespace {

constexpr int kWidthPx = 1240;
constexpr int kHeightPx = 1754;
constexpr int kCodePx = 840;
constexpr int kCodeTopPx = 130;
constexpr const char* kFont = "DejaVu Sans, Noto Sans CJK SC";
constexpr std::chrono::hours kVietnamOffset{7};

struct Release {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};

// Centred; returns where the next line begins.
double PutLine(cairo_t* context, const std::string& text, double top, double size_px, bool bold = false) {
  const std::unique_ptr<PangoLayout, Release> layout(pango_cairo_create_layout(context));
  const std::unique_ptr<PangoFontDescription, Release> font(pango_font_description_from_string(kFont));
  pango_font_description_set_absolute_size(font.get(), size_px * PANGO_SCALE);
  if (bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_width(layout.get(), (kWidthPx - 80) * PANGO_SCALE);
  pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  cairo_move_to(context, 40, top);
  pango_cairo_show_layout(context, layout.get());
  int height = 0;
  pango_layout_get_pixel_size(layout.get(), nullptr, &height);
  return top + height;
}

void PutCode(cairo_t* context, const QrCode& code) {
  // Whole pixels a square, so that every edge is sharp.
  const int square = kCodePx / (code.side + 2 * kQrBorder);
  const int left = (kWidthPx - square * code.side) / 2;
  const int top = kCodeTopPx + (kCodePx - square * code.side) / 2;
  cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE);
  for (int y = 0; y < code.side; ++y) {
    for (int x = 0; x < code.side; ++x) {
      if (code.dark(x, y)) cairo_rectangle(context, left + x * square, top + y * square, square, square);
    }
  }
  cairo_fill(context);
  cairo_set_antialias(context, CAIRO_ANTIALIAS_DEFAULT);
}

std::string LocalTime(Instant time) {
  const std::string text = FormatInstant(time + kVietnamOffset);  // "2026-11-25T09:30:00…"
  return text.substr(0, 10) + " " + text.substr(11, 5);
}

cairo_status_t Append(void* png, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(png)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string DrawSlipPage(const SignedSlip& signed_slip) {
  const Slip& slip = signed_slip.slip;
  const std::unique_ptr<cairo_surface_t, Release> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, kWidthPx, kHeightPx));
  const std::unique_ptr<cairo_t, Release> context(cairo_create(surface.get()));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  cairo_set_source_rgb(context.get(), 0, 0, 0);
  PutCode(context.get(), MakeQrCode(signed_slip.text));

  PutLine(context.get(), "PHIẾU QUA CỔNG · GATE SLIP · 过闸凭条", 50, 44, true);
  double top = kCodeTopPx + kCodePx + 20;
  top = PutLine(context.get(), slip.plate, top, 110, true);
  if (!slip.trailer_plate.empty()) top = PutLine(context.get(), "+ " + slip.trailer_plate, top, 60);
  top =
      PutLine(context.get(),
              fmt::format("{} · {}", slip.gate_id, slip.is_export ? "Xuất · Out · 出口" : "Nhập · In · 进口"),
              top + 20, 40);
  top = PutLine(context.get(), "Có giá trị đến · Valid until · 有效期至", top + 10, 34);
  top = PutLine(context.get(), LocalTime(slip.valid_until) + " (UTC+7)", top, 48, true);
  top = PutLine(context.get(), "Đưa mã này trước đầu đọc của làn khi biển số không đọc được.", top + 20, 30);
  top = PutLine(context.get(), "Hold this code before the lane's reader when the plate cannot be read.", top,
                30);
  top = PutLine(context.get(), "车牌无法识别时，请将此码对准车道读码器。", top, 30);
  PutLine(context.get(), slip.trip_id, top + 16, 26);

  cairo_surface_flush(surface.get());
  std::string png;
  BG_CHECK(cairo_surface_write_to_png_stream(surface.get(), &Append, &png) == CAIRO_STATUS_SUCCESS,
           "a picture in memory can be written to memory");
  return png;
}

}  // namespace bordergate::customs
