#include "services/simulator/device/container_painter.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "services/simulator/device/painting.h"
#include "services/simulator/device/pango_text.h"
#include "services/simulator/device/truck_painter.h"
#include "services/simulator/domain/chance.h"

namespace bordergate::simulator {
namespace {

constexpr double kPixelsPerMetre = 400;
constexpr double kPitch = 0.072;  // from one character to the next
constexpr double kCell = 0.062;   // of a character
constexpr double kLettering = ContainerDoors::kLetteringM;
constexpr size_t kOwnerLength = 4;
constexpr double kMiddle = ContainerDoors::kWidthM / 2;
constexpr double kRod = 0.035;

Colour Times(Colour colour, double by) {
  return {std::min(1.0, colour.red * by), std::min(1.0, colour.green * by), std::min(1.0, colour.blue * by)};
}

// A canvas in metres from the upper left.
class DoorCanvas {
 public:
  // At night a camera for doors has its lamp.
  DoorCanvas(bool night, Colour steel)
      : canvas_(static_cast<int>(ContainerDoors::kWidthM * kPixelsPerMetre),
                static_cast<int>(ContainerDoors::kHeightM * kPixelsPerMetre), false),
        light_(night ? 0.45 : 1.0),
        steel_(steel),
        ink_(steel.red * 0.3 + steel.green * 0.59 + steel.blue * 0.11 < 0.6 ? Colour{0.93, 0.93, 0.91}
                                                                            : Colour{0.10, 0.10, 0.12}) {}

  Colour steel() const { return steel_; }
  void Rect(double x, double y, double width, double height, Colour colour) {
    canvas_.FillRect(x * kPixelsPerMetre, y * kPixelsPerMetre, width * kPixelsPerMetre,
                     height * kPixelsPerMetre, Times(colour, light_));
  }
  // Characters one after the other, each in a cell of its own; x of where the next one would stand.
  double Word(std::string_view text, double x, double y, const char* font) {
    canvas_.Set(Times(ink_, light_));
    for (const char c : text) {
      AddTextPathByHeight(
          canvas_.cairo(), std::string_view(&c, 1), font, 1,
          {x * kPixelsPerMetre, y * kPixelsPerMetre, kCell * kPixelsPerMetre, kLettering * kPixelsPerMetre});
      x += kPitch;
    }
    cairo_fill(canvas_.cairo());
    return x;
  }
  void FinePrint(const std::string& text, double x, double y, double height) {
    canvas_.Set(Times(ink_, light_));
    AddTextPath(
        canvas_.cairo(), text, kSignFont,
        {x * kPixelsPerMetre, y * kPixelsPerMetre,
         0.62 * height * kPixelsPerMetre * static_cast<double>(text.size()), height * kPixelsPerMetre});
    cairo_fill(canvas_.cairo());
  }
  void Frame(const cv::Rect2d& box) {
    canvas_.Set(Times(ink_, light_));
    cairo_rectangle(canvas_.cairo(), box.x * kPixelsPerMetre, box.y * kPixelsPerMetre,
                    box.width * kPixelsPerMetre, box.height * kPixelsPerMetre);
    cairo_set_line_width(canvas_.cairo(), 0.007 * kPixelsPerMetre);
    cairo_stroke(canvas_.cairo());
  }
  void Stain(double x, double y, double radius, double strength) {
    cairo_arc(canvas_.cairo(), x * kPixelsPerMetre, y * kPixelsPerMetre, radius * kPixelsPerMetre, 0, 7);
    canvas_.Set(Times({0.36, 0.22, 0.12}, light_), strength);
    cairo_fill(canvas_.cairo());
  }
  cv::Mat Picture() const { return canvas_.Picture(); }

 private:
  Canvas canvas_;
  const double light_;
  const Colour steel_;
  const Colour ink_;
};

// A leaf's rods stand so far from where the leaves meet: with room between them for what is written there.
struct Rods {
  double inner;
  double outer;
};
Rods RodsOf(const Truck& truck) { return truck.container_two_line ? Rods{0.18, 0.92} : Rods{0.09, 1.12}; }

void PaintSteel(DoorCanvas& doors, const Rods& rods) {
  constexpr double kWidth = ContainerDoors::kWidthM;
  constexpr double kHeight = ContainerDoors::kHeightM;
  const Colour steel = doors.steel();
  doors.Rect(0, 0, kWidth, kHeight, steel);
  // Shallow waves of the leaves, and the frame around them.
  for (double y = 0.75; y < kHeight - 0.3; y += 0.42) {
    doors.Rect(0.1, y, kWidth - 0.2, 0.03, Times(steel, 1.12));
    doors.Rect(0.1, y + 0.03, kWidth - 0.2, 0.03, Times(steel, 0.80));
  }
  doors.Rect(0, 0, kWidth, 0.10, Times(steel, 0.88));
  doors.Rect(0, kHeight - 0.12, kWidth, 0.12, Times(steel, 0.82));
  doors.Rect(0, 0, 0.06, kHeight, Times(steel, 0.85));
  doors.Rect(kWidth - 0.06, 0, 0.06, kHeight, Times(steel, 0.85));
  doors.Rect(kMiddle - 0.02, 0.10, 0.04, kHeight - 0.22, {0.07, 0.07, 0.07});  // gasket
  constexpr Colour kRodSteel{0.62, 0.63, 0.64};
  for (const double side : {-1.0, 1.0}) {
    for (const double at : {rods.inner, rods.outer}) {
      const double x = kMiddle + side * at - kRod / 2;
      doors.Rect(x + kRod, 0.06, 0.012, kHeight - 0.12, Times(steel, 0.6));  // its shadow
      doors.Rect(x, 0.06, kRod, kHeight - 0.12, Times(kRodSteel, 0.75));
      doors.Rect(x + kRod * 0.3, 0.06, kRod * 0.3, kHeight - 0.12, kRodSteel);
      for (const double y : {0.03, 1.05, 1.85, kHeight - 0.10})
        doors.Rect(x - 0.02, y, kRod + 0.04, 0.07, Times(steel, 0.7));
      doors.Rect(x - (side > 0 ? 0 : 0.30 - kRod), 1.42, 0.30, 0.03, kRodSteel);  // handle
    }
    const double hinge = side > 0 ? kWidth - 0.10 : 0.02;
    for (const double y : {0.20, 0.85, 1.55, 2.20}) doors.Rect(hinge, y, 0.08, 0.16, Times(steel, 0.7));
  }
}

// The number; returns what it takes.
cv::Rect2d PaintNumber(DoorCanvas& doors, const Truck& truck, const Rods& rods, const char* font) {
  constexpr double kTop = 0.20;
  constexpr double kBetweenLines = 0.045;
  constexpr double kBetweenGroups = 0.045;
  constexpr double kBoxEdge = 0.016;
  const std::string_view number = truck.container_number;
  const double left = kMiddle + rods.inner + 0.06;
  double x = doors.Word(number.substr(0, kOwnerLength), left, kTop, font);
  double y = kTop;
  if (truck.container_two_line) {
    x = left;
    y += kLettering + kBetweenLines;
  } else {
    x += kBetweenGroups;
  }
  x = doors.Word(number.substr(kOwnerLength, number.size() - kOwnerLength - 1), x, y, font) + kBetweenGroups;
  doors.Word(number.substr(number.size() - 1), x, y, font);
  const cv::Rect2d box(x - kBoxEdge, y - kBoxEdge, kCell + 2 * kBoxEdge, kLettering + 2 * kBoxEdge);
  doors.Frame(box);
  return {left, kTop, box.x + box.width - left, box.y + box.height - kTop};
}

void PaintTable(DoorCanvas& doors, double left, double top, Chance& chance) {
  constexpr int kGross = 32'500;
  constexpr double kHeight = 0.042;
  const auto tare = static_cast<int>(chance.Between(370, 420)) * 10;
  for (const auto& [name, kilograms] :
       {std::pair{"MAX.GROSS", kGross}, std::pair{"TARE", tare}, std::pair{"NET", kGross - tare}}) {
    doors.FinePrint(name, left, top, kHeight);
    doors.FinePrint(fmt::format("{} KG", kilograms), left + 0.29, top, kHeight);
    doors.FinePrint(fmt::format("{} LB", kilograms * 22046 / 10000), left + 0.29, top + 0.065, kHeight);
    top += 0.14;
  }
}

}  // namespace

ContainerDoors PaintContainerDoors(const Truck& truck, bool night) {
  DoorCanvas doors(night, LoadColour(truck));
  SeededRandom random(static_cast<uint64_t>(truck.paint) + 17);
  Chance chance(random);
  const Rods rods = RodsOf(truck);
  PaintSteel(doors, rods);
  const char* font = truck.paint % 2 == 0 ? kPlateFont : kSignFont;
  ContainerDoors painted;
  painted.number = PaintNumber(doors, truck, rods, font);
  const double left = painted.number.x;
  const double below = painted.number.y + painted.number.height;
  doors.Word(chance.Happens(0.5) ? "45G1" : "42G1", left, below + 0.07, font);
  PaintTable(doors, left, below + 0.30, chance);
  // Rust where paint came off.
  const auto stains = chance.Between(0, 24);
  for (int64_t at = 0; at < stains; ++at) {
    const double x = chance.Share() * ContainerDoors::kWidthM;
    const double y = chance.Share() * ContainerDoors::kHeightM;
    doors.Stain(x, y, 0.003 + 0.012 * chance.Share(), 0.2 + 0.4 * chance.Share());
  }
  painted.picture = doors.Picture();
  return painted;
}

}  // namespace bordergate::simulator
