#include "services/simulator/device/truck_painter.h"

#include <array>

#include "services/simulator/device/painting.h"
#include "services/simulator/device/pango_text.h"

namespace bordergate::simulator {
namespace {

constexpr double kPixelsPerMetre = 200;

// No maker's name: the words are made up.
constexpr std::array<const char*, 5> kBrands = {"XỨ LẠNG", "KỲ CÙNG", "LONGMEN", "NANFENG", "BEISHAN"};
constexpr std::array<Colour, 7> kCabs = {{{0.80, 0.82, 0.84},
                                          {0.62, 0.10, 0.12},
                                          {0.10, 0.25, 0.50},
                                          {0.90, 0.55, 0.10},
                                          {0.12, 0.40, 0.28},
                                          {0.88, 0.88, 0.80},
                                          {0.30, 0.32, 0.36}}};
constexpr std::array<Colour, 5> kLoads = {
    {{0.55, 0.58, 0.60}, {0.20, 0.35, 0.55}, {0.60, 0.22, 0.18}, {0.80, 0.80, 0.78}, {0.24, 0.42, 0.36}}};

template <class List>
const auto& Of(const List& list, int paint, int step) {
  return list[static_cast<size_t>(paint / step) % list.size()];
}

Colour Dimmed(Colour colour, bool night) {
  const double by = night ? 0.22 : 1.0;
  return {colour.red * by, colour.green * by, colour.blue * by};
}

// A canvas in metres: x from the middle of the truck, y up from the road.
class FrontCanvas {
 public:
  explicit FrontCanvas(bool night)
      : canvas_(static_cast<int>(TruckFront::kWidthM * kPixelsPerMetre),
                static_cast<int>(TruckFront::kHeightM * kPixelsPerMetre), true),
        night_(night) {}

  void Rect(double left, double bottom, double width, double height, double radius, Colour colour) {
    canvas_.FillRounded(X(left), Y(bottom + height), width * kPixelsPerMetre, height * kPixelsPerMetre,
                        radius * kPixelsPerMetre, Dimmed(colour, night_));
  }
  // Both sides alike.
  void Pair(double inner, double bottom, double width, double height, double radius, Colour colour) {
    Rect(inner, bottom, width, height, radius, colour);
    Rect(-inner - width, bottom, width, height, radius, colour);
  }
  void Lamp(double middle, double height, double radius) {
    for (const double side : {-middle, middle}) {
      cairo_arc(canvas_.cairo(), X(side), Y(height), radius * kPixelsPerMetre, 0, 7);
      canvas_.Set(night_ ? Colour{1, 1, 0.94} : Colour{0.92, 0.93, 0.90});
      cairo_fill(canvas_.cairo());
    }
  }
  void Glow(double middle, double height, double radius) {
    for (const double side : {-middle, middle}) {
      cairo_pattern_t* glow =
          cairo_pattern_create_radial(X(side), Y(height), 4, X(side), Y(height), radius * kPixelsPerMetre);
      cairo_pattern_add_color_stop_rgba(glow, 0, 1, 1, 0.95, 0.95);
      cairo_pattern_add_color_stop_rgba(glow, 0.25, 1, 1, 0.9, 0.35);
      cairo_pattern_add_color_stop_rgba(glow, 1, 1, 1, 0.9, 0);
      cairo_set_source(canvas_.cairo(), glow);
      cairo_paint(canvas_.cairo());
      cairo_pattern_destroy(glow);
    }
  }
  void Text(const char* text, double bottom, double width, double height, Colour colour) {
    canvas_.Set(Dimmed(colour, night_));
    AddTextPath(canvas_.cairo(), text, kSignFont,
                {X(-width / 2), Y(bottom + height), width * kPixelsPerMetre, height * kPixelsPerMetre});
    cairo_fill(canvas_.cairo());
  }
  cv::Mat Picture() const { return canvas_.Picture(); }

 private:
  static double X(double metres) { return (metres + TruckFront::kWidthM / 2) * kPixelsPerMetre; }
  static double Y(double metres) { return (TruckFront::kHeightM - metres) * kPixelsPerMetre; }

  Canvas canvas_;
  const bool night_;
};

void PaintCab(FrontCanvas& front, int paint) {
  const Colour cab = Of(kCabs, paint, 1);
  const Colour darker{cab.red * 0.75, cab.green * 0.75, cab.blue * 0.75};
  front.Pair(0.80, 0.0, 0.36, 0.62, 0.03, {0.05, 0.05, 0.05});    // tyres
  front.Rect(-1.20, 0.85, 2.40, 2.05, 0.12, cab);                 // cab
  front.Rect(-1.08, 1.78, 2.16, 0.92, 0.10, {0.10, 0.13, 0.16});  // windscreen
  front.Rect(-1.00, 2.30, 2.00, 0.30, 0.06, {0.22, 0.28, 0.33});  // sky in the glass
  front.Rect(-1.10, 2.66, 2.20, 0.16, 0.04, darker);              // visor
  for (int slat = 0; slat < 4; ++slat) {
    front.Rect(-0.80, 1.02 + slat * 0.14, 1.60, 0.07, 0.02, {0.12, 0.12, 0.13});
  }
  front.Pair(1.22, 1.75, 0.16, 0.62, 0.05, {0.08, 0.08, 0.08});    // mirrors
  front.Rect(-1.22, 0.30, 2.44, 0.58, 0.08, Of(kCabs, paint, 3));  // bumper
  front.Rect(-0.75, 0.34, 1.50, 0.10, 0.02, {0.09, 0.09, 0.09});   // air inlet
  front.Text(Of(kBrands, paint, 5), 1.60, 0.72, 0.11, {0.90, 0.90, 0.90});
}

void PaintLoadDoors(FrontCanvas& rear, Colour load, Colour bars) {
  const Colour seam{load.red * 0.7, load.green * 0.7, load.blue * 0.7};
  rear.Rect(-1.25, 1.20, 2.50, 2.68, 0.02, load);  // doors
  rear.Rect(-0.02, 1.25, 0.04, 2.58, 0, seam);     // where they meet
  rear.Pair(0.25, 1.25, 0.05, 2.58, 0.01, bars);
  rear.Pair(0.85, 1.25, 0.05, 2.58, 0.01, bars);
  for (double x = -1.2; x < 1.1; x += 0.5) {
    rear.Rect(x, 1.22, 0.25, 0.05, 0, {0.75, 0.10, 0.10});  // reflecting strip
    rear.Rect(x + 0.25, 1.22, 0.25, 0.05, 0, {0.92, 0.92, 0.90});
  }
}

}  // namespace

TruckFront PaintTruckFront(const Truck& truck, bool night) {
  FrontCanvas front(night);
  front.Rect(-1.25, 0.75, 2.50, 3.15, 0.02, Of(kLoads, truck.paint, 7));  // load behind the cab
  PaintCab(front, truck.paint);
  front.Pair(0.82, 0.58, 0.34, 0.20, 0.06, {0.30, 0.31, 0.32});  // lamp housings
  front.Lamp(0.99, 0.68, 0.085);
  if (night) front.Glow(0.99, 0.68, 0.75);
  return {front.Picture()};
}

TruckRear PaintTruckRear(const Truck& truck, bool night) {
  FrontCanvas rear(night);
  constexpr Colour kBlack{0.06, 0.06, 0.06};
  constexpr Colour kSteel{0.50, 0.51, 0.52};
  rear.Pair(0.55, 0.0, 0.62, 0.95, 0.03, kBlack);  // tyres and flaps
  if (truck.container_number.empty()) PaintLoadDoors(rear, Of(kLoads, truck.paint, 7), kSteel);
  rear.Rect(-1.25, 1.12, 2.50, 0.08, 0, kBlack);                 // sill
  rear.Rect(-1.20, 0.80, 2.40, 0.32, 0.03, {0.16, 0.16, 0.17});  // beam with the lamps and the plate
  rear.Rect(-1.15, 0.45, 2.30, 0.14, 0.02, kSteel);              // guard against running under
  rear.Pair(0.72, 0.86, 0.42, 0.18, 0.02, {0.62, 0.05, 0.05});   // tail lamps
  rear.Pair(0.98, 0.88, 0.14, 0.14, 0.02, {0.85, 0.45, 0.05});
  return {rear.Picture()};
}

Colour LoadColour(const Truck& truck) { return Of(kLoads, truck.paint, 7); }

cv::Scalar SideColour(const Truck& truck, bool night) {
  const Colour colour = Dimmed(Of(kLoads, truck.paint, 7), night);
  return {colour.blue * 215, colour.green * 215, colour.red * 215};
}

}  // namespace bordergate::simulator
