// cairo on a picture of OpenCV. Only painters include this.
#pragma once

#include <cairo.h>
#include <opencv2/core/mat.hpp>

namespace bordergate::simulator {

struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};

// A picture that cairo paints on; 32 bits a pixel, blue-green-red and a fourth byte (alpha when asked for).
class Canvas {
 public:
  Canvas(int width, int height, bool transparent);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  cairo_t* cairo() const { return context_; }
  void Set(Colour colour, double alpha = 1) {
    cairo_set_source_rgba(context_, colour.red, colour.green, colour.blue, alpha);
  }
  // A rectangle with round corners as the path.
  void RoundedPath(double x, double y, double width, double height, double radius) const;
  void FillRounded(double x, double y, double width, double height, double radius, Colour colour,
                   double alpha = 1);
  void FillRect(double x, double y, double width, double height, Colour colour, double alpha = 1);

  // What was painted: three channels, or four (alpha multiplied in) for a transparent canvas.
  cv::Mat Picture() const;

 private:
  cv::Mat pixels_;
  const bool transparent_;
  cairo_surface_t* surface_;
  cairo_t* context_;
};

}  // namespace bordergate::simulator
