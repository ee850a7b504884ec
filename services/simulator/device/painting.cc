#include "services/simulator/device/painting.h"

#include <numbers>

#include <opencv2/imgproc.hpp>

namespace bordergate::simulator {

Canvas::Canvas(int width, int height, bool transparent)
    : pixels_(cv::Mat::zeros(height, width, CV_8UC4)),
      transparent_(transparent),
      surface_(cairo_image_surface_create_for_data(pixels_.data,
                                                   transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
                                                   width, height, static_cast<int>(pixels_.step))),
      context_(cairo_create(surface_)) {}

Canvas::~Canvas() {
  cairo_destroy(context_);
  cairo_surface_destroy(surface_);
}

void Canvas::RoundedPath(double x, double y, double width, double height, double radius) const {
  constexpr double kQuarter = std::numbers::pi / 2;
  cairo_new_sub_path(context_);
  cairo_arc(context_, x + width - radius, y + radius, radius, -kQuarter, 0);
  cairo_arc(context_, x + width - radius, y + height - radius, radius, 0, kQuarter);
  cairo_arc(context_, x + radius, y + height - radius, radius, kQuarter, 2 * kQuarter);
  cairo_arc(context_, x + radius, y + radius, radius, 2 * kQuarter, 3 * kQuarter);
  cairo_close_path(context_);
}

void Canvas::FillRounded(double x, double y, double width, double height, double radius, Colour colour,
                         double alpha) {
  RoundedPath(x, y, width, height, radius);
  Set(colour, alpha);
  cairo_fill(context_);
}

void Canvas::FillRect(double x, double y, double width, double height, Colour colour, double alpha) {
  cairo_rectangle(context_, x, y, width, height);
  Set(colour, alpha);
  cairo_fill(context_);
}

cv::Mat Canvas::Picture() const {
  cairo_surface_flush(surface_);
  if (transparent_) return pixels_.clone();
  cv::Mat picture;
  cv::cvtColor(pixels_, picture, cv::COLOR_BGRA2BGR);
  return picture;
}

}  // namespace bordergate::simulator
