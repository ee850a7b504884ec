#include "services/simulator/domain/plate_face.h"

#include <array>
#include <utility>

#include "libs/core/check.h"
#include "libs/core/reasons.h"
#include "libs/core/text.h"

namespace bordergate::simulator {
namespace {

constexpr std::array<std::pair<std::string_view, PlateColour>, 7> kColours = {{
    {"white", PlateColour::kWhite},
    {"yellow", PlateColour::kYellow},
    {"blue", PlateColour::kBlue},
    {"red", PlateColour::kRed},
    {"black", PlateColour::kBlack},
    {"green", PlateColour::kGreen},
    {"yellow_green", PlateColour::kYellowGreen},
}};

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// "12345" -> "123.45"; four digits stay as they are.
std::u32string Dotted(std::u32string digits) {
  if (digits.size() == 5) digits.insert(3, U".");
  return digits;
}

// Where the number begins: after the last letter.
std::size_t NumberStart(const std::u32string& text) {
  std::size_t at = text.size();
  while (at > 0 && IsDigit(text[at - 1])) --at;
  return at;
}

// Before and after the place where a plate is broken into two lines.
std::pair<std::u32string, std::u32string> VietnameseParts(const Plate& plate, const std::u32string& text) {
  if (plate.kind == PlateKind::kVietnamDiplomatic) {  // 80-011-NG-01
    const std::size_t number = NumberStart(text);
    return {text.substr(0, 2) + U"-" + text.substr(2, 3),
            text.substr(5, number - 5) + U"-" + text.substr(number)};
  }
  if (plate.kind == PlateKind::kVietnamMilitary) {  // TM-12-34
    return {text.substr(0, 2), text.substr(2, 2) + U"-" + text.substr(4)};
  }
  if (plate.kind == PlateKind::kVietnamTemporary) {  // T29-123.45
    return {text.substr(0, 3), Dotted(text.substr(3))};
  }
  const std::size_t number = NumberStart(text);
  return {text.substr(0, number), Dotted(text.substr(number))};
}

PlateColour VietnameseColour(const Plate& plate) {
  switch (plate.kind) {
    case PlateKind::kVietnamMilitary:
      return PlateColour::kRed;
    case PlateKind::kVietnamDiplomatic:
    case PlateKind::kVietnamTemporary:
      return PlateColour::kWhite;
    default:
      return PlateColour::kYellow;
  }
}

PlateFace VietnameseFace(const Plate& plate, const FaceChoice& choice, const std::u32string& text) {
  const auto [top, bottom] = VietnameseParts(plate, text);
  PlateFace face;
  face.colour = choice.colour.value_or(VietnameseColour(plate));
  if (choice.two_line.value_or(false)) {
    face.width_mm = 330;
    face.height_mm = 165;
    face.lines = {EncodeUtf8(top), EncodeUtf8(bottom)};
  } else {
    face.lines = {EncodeUtf8(top + U"-" + bottom)};
  }
  return face;
}

PlateColour ChineseColour(const Plate& plate, bool large) {
  switch (plate.kind) {
    case PlateKind::kChinaNewEnergy:
      return large ? PlateColour::kYellowGreen : PlateColour::kGreen;
    case PlateKind::kChinaCrossBorder:
    case PlateKind::kChinaEmbassy:
      return PlateColour::kBlack;
    default:
      return PlateColour::kYellow;
  }
}

Result<PlateFace> ChineseFace(const Plate& plate, const FaceChoice& choice, const std::u32string& text) {
  const bool new_energy = plate.kind == PlateKind::kChinaNewEnergy;
  const bool two_line = choice.two_line.value_or(plate.kind == PlateKind::kChinaTrailer);
  if (new_energy && two_line) {
    return Error(kInvalidField, "a new-energy plate has one line only: leave layout out, or say one-line");
  }
  PlateFace face;
  face.country = PlateCountry::kChina;
  face.colour = choice.colour.value_or(ChineseColour(plate, !IsDigit(text.back())));
  face.width_mm = new_energy ? 480 : 440;
  face.height_mm = two_line ? 220 : 140;
  const std::u32string top = text.substr(0, 2);
  const std::u32string rest = text.substr(2);
  if (two_line) {
    face.lines = {EncodeUtf8(top.substr(0, 1) + U"·" + top.substr(1)), EncodeUtf8(rest)};
  } else {
    face.lines = {EncodeUtf8(top + U"·" + rest)};
  }
  return face;
}

}  // namespace

std::optional<PlateColour> FindPlateColour(std::string_view name) {
  for (const auto& [word, colour] : kColours) {
    if (word == name) return colour;
  }
  return std::nullopt;
}

Result<PlateFace> MakePlateFace(const Plate& plate, const FaceChoice& choice) {
  const auto text = DecodeUtf8(plate.normalised);
  BG_CHECK(text && text->size() >= 6, "ParsePlate gives valid UTF-8 of at least six characters");
  if (plate.country == PlateCountry::kVietnam) return VietnameseFace(plate, choice, *text);
  return ChineseFace(plate, choice, *text);
}

PlateFace MakeRearFace(const Plate& plate, bool two_line) {
  if (plate.country == PlateCountry::kChina) two_line = plate.kind != PlateKind::kChinaNewEnergy;
  auto face = MakePlateFace(plate, {.two_line = two_line, .colour = {}});
  BG_CHECK(face.has_value(), "the layout was chosen for the plate");
  return *std::move(face);
}

}  // namespace bordergate::simulator
