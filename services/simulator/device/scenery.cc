#include "services/simulator/device/scenery.h"

#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "libs/core/text.h"
#include "services/simulator/device/painting.h"
#include "services/simulator/device/pango_text.h"

namespace bordergate::simulator {
namespace {

constexpr double kNearestM = 1.0;  // before the camera; nearer points would not project

class Ground {
 public:
  Ground(const Lens& lens, Canvas& canvas) : lens_(lens), canvas_(canvas) {}

  // A rectangle on the road.
  void Flat(double from_x, double to_x, double from_y, double to_y, Colour colour, double alpha = 1) {
    Face({{{from_x, from_y, 0}, {to_x, from_y, 0}, {to_x, to_y, 0}, {from_x, to_y, 0}}}, colour, alpha);
  }
  // An upright rectangle across the lane.
  void Across(double x, double from_y, double to_y, double from_z, double to_z, Colour colour) {
    Face({{{x, from_y, from_z}, {x, to_y, from_z}, {x, to_y, to_z}, {x, from_y, to_z}}}, colour, 1);
  }
  // An upright rectangle along the lane.
  void Along(double from_x, double to_x, double y, double from_z, double to_z, Colour colour) {
    Face({{{from_x, y, from_z}, {to_x, y, from_z}, {to_x, y, to_z}, {from_x, y, to_z}}}, colour, 1);
  }
  // The cut in the asphalt around a loop.
  void Loop(double from_x, double to_x) {
    for (const double x : {from_x, to_x}) Flat(x, x + 0.04, -1.0, 1.0, {0.12, 0.12, 0.12}, 0.7);
    for (const double y : {-1.0, 1.0}) Flat(from_x, to_x, y, y + 0.02, {0.12, 0.12, 0.12}, 0.7);
  }

 private:
  void Face(const std::array<cv::Point3d, 4>& corners, Colour colour, double alpha) {
    for (const cv::Point3d& corner : corners) {
      if (lens_.Depth(corner) < kNearestM) return;
    }
    cairo_t* cairo = canvas_.cairo();
    cairo_new_path(cairo);
    for (const cv::Point2f& point : lens_.Project(corners)) cairo_line_to(cairo, point.x, point.y);
    cairo_close_path(cairo);
    canvas_.Set(colour, alpha);
    cairo_fill(cairo);
  }

  const Lens& lens_;
  Canvas& canvas_;
};

void PaintRoad(Ground& ground) {
  ground.Flat(-90, 6.5, -40, 40, {0.42, 0.42, 0.41});
  ground.Flat(-90, 6.5, -1.75, 1.75, {0.38, 0.38, 0.38});
  for (const double y : {-1.75, 1.65}) ground.Flat(-90, 6.5, y, y + 0.10, {0.78, 0.78, 0.75});
  ground.Flat(-3.4, -3.0, -1.65, 1.65, {0.85, 0.85, 0.82});  // stop line
  ground.Loop(-7, -4);
  ground.Loop(-1.5, 1.5);
  ground.Loop(3, 6);
}

void PaintIslands(Ground& ground) {
  for (const double side : {-1.0, 1.0}) {
    const double inner = side * 1.95;
    const double outer = side * 3.4;
    ground.Flat(-24, 6, inner, outer, {0.60, 0.60, 0.58});
    ground.Along(-24, 6, inner, 0, 0.18, {0.75, 0.70, 0.20});
    for (double x = -22; x < 0; x += 2.5) {
      ground.Across(x, inner + side * 0.1, inner + side * 0.25, 0.18, 0.95, {0.82, 0.33, 0.10});
      ground.Across(x + 0.01, inner + side * 0.1, inner + side * 0.25, 0.55, 0.70, {0.92, 0.92, 0.90});
    }
  }
  // The booth stands on the far island.
  ground.Along(-14, -10, -2.3, 0.18, 2.9, {0.72, 0.75, 0.78});
  ground.Along(-13.6, -10.4, -2.29, 1.1, 2.2, {0.16, 0.22, 0.27});
  ground.Across(-10, -3.4, -2.3, 0.18, 2.9, {0.62, 0.66, 0.70});
  // Trucks that wait far behind.
  for (const double y : {-14.0, -9.5, 7.0, 11.5}) {
    ground.Across(-62, y, y + 2.5, 0.5, 3.9, {0.36 + y / 80, 0.40, 0.45});
    ground.Across(-61.9, y + 0.1, y + 2.4, 1.6, 2.6, {0.14, 0.16, 0.18});
  }
}

// Road and islands from where a camera behind stands on to beyond the exit.
void PaintFromBehind(Ground& ground, double from_x) {
  constexpr double kFarM = 60;
  ground.Flat(from_x, kFarM, -40, 40, {0.42, 0.42, 0.41});
  ground.Flat(from_x, kFarM, -1.75, 1.75, {0.38, 0.38, 0.38});
  for (const double y : {-1.75, 1.65}) ground.Flat(from_x, kFarM, y, y + 0.10, {0.78, 0.78, 0.75});
  // What stands beyond the exit.
  ground.Across(kFarM, -40, 40, 0, 6, {0.52, 0.55, 0.55});
  for (const double y : {-9.0, -5.0, 4.5, 8.0})
    ground.Across(kFarM - 1, y, y + 2.5, 0.5, 3.6, {0.40, 0.36 + y / 90, 0.34});
  ground.Loop(3, 6);
  ground.Loop(-1.5, 1.5);
  ground.Loop(-7, -4);
  ground.Flat(-3.4, -3.0, -1.65, 1.65, {0.85, 0.85, 0.82});  // stop line
  for (const double side : {-1.0, 1.0}) {
    const double inner = side * 1.95;
    ground.Flat(-24, 6, inner, side * 3.4, {0.60, 0.60, 0.58});
    ground.Along(-24, 6, inner, 0, 0.18, {0.75, 0.70, 0.20});
    ground.Across(-24, inner, side * 3.4, 0, 0.18, {0.75, 0.70, 0.20});
    for (double x = 0; x > -23; x -= 2.5) {
      ground.Across(x, inner + side * 0.1, inner + side * 0.25, 0.18, 0.95, {0.82, 0.33, 0.10});
      ground.Across(x - 0.01, inner + side * 0.1, inner + side * 0.25, 0.55, 0.70, {0.92, 0.92, 0.90});
    }
  }
}

// Grain of the asphalt, coarser near the camera.
void AddGrain(cv::Mat& picture) {
  cv::Mat grain(picture.rows, picture.cols, CV_8UC3);
  cv::RNG random(20261122);
  random.fill(grain, cv::RNG::NORMAL, cv::Scalar::all(128), cv::Scalar::all(14));
  cv::GaussianBlur(grain, grain, {3, 3}, 0);
  cv::addWeighted(picture, 1, grain, 1, -128, picture);
}

void MakeNight(cv::Mat& picture) {
  picture.convertTo(picture, -1, 0.20, 2);
  // The lamp above the lane.
  cv::Mat light = cv::Mat::zeros(picture.size(), CV_8UC3);
  cv::ellipse(light, {picture.cols / 2, picture.rows * 3 / 5}, {picture.cols / 3, picture.rows / 3}, 0, 0,
              360, {30, 34, 36}, cv::FILLED);
  cv::blur(light, light, {201, 201});
  cv::add(picture, light, picture);
}

template <class Painter>
cv::Mat Finished(const Lens& lens, bool night, const Painter& paint) {
  Canvas canvas(lens.picture().width, lens.picture().height, false);
  canvas.FillRect(0, 0, lens.picture().width, lens.picture().height, {0.45, 0.46, 0.45});
  Ground ground(lens, canvas);
  paint(ground);
  cv::Mat picture = canvas.Picture();
  AddGrain(picture);
  if (night) MakeNight(picture);
  return picture;
}

}  // namespace

cv::Mat PaintScenery(const Lens& lens, bool night) {
  return Finished(lens, night, [](Ground& ground) {
    PaintRoad(ground);
    PaintIslands(ground);
  });
}

cv::Mat PaintSceneryFromBehind(const Lens& lens, bool night) {
  return Finished(lens, night,
                  [&lens](Ground& ground) { PaintFromBehind(ground, lens.at().x + 2 * kNearestM); });
}

cv::Mat PaintCaption(const std::string& text) {
  constexpr int kHeight = 30;
  const int width = 24 + 13 * CountCodePoints(text).value_or(0);
  Canvas canvas(width, kHeight, false);
  canvas.FillRect(0, 0, width, kHeight, {0.10, 0.10, 0.11});
  canvas.Set({0.90, 0.90, 0.88});
  AddTextPathByHeight(canvas.cairo(), text, kSignFont, 1, {10, 7, width - 20.0, 16});
  cairo_fill(canvas.cairo());
  return canvas.Picture();
}

}  // namespace bordergate::simulator
