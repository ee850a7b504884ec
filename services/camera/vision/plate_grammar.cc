#include "services/camera/vision/plate_grammar.h"

#include <algorithm>

#include "services/camera/vision/charset.h"

namespace bordergate::camera {
namespace {

constexpr std::u32string_view kDigits = U"0123456789";
constexpr std::u32string_view kSeries = U"ABCDEFGHKLMNPRSTUVXYZ";
constexpr std::u32string_view kLetters = U"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::u32string_view kChinaLetters = U"ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr std::u32string_view kChinaPlaces = U"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr std::u32string_view kEnergyLetters = U"ABCDEFGHJK";
constexpr std::u32string_view kProvinces = U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
constexpr std::u32string_view kMilitaryFirst = U"ABCHKPQTV";

// A small letter names a set; every other character stands for itself.
std::u32string_view SetOf(const char32_t& c) {
  switch (c) {
    case U'd':
      return kDigits;
    case U'n':
      return U"123456789";
    case U's':
      return kSeries;
    case U'l':
      return kLetters;
    case U'p':
      return kProvinces;
    case U'a':
      return kChinaLetters;
    case U'x':
      return kChinaPlaces;
    case U'e':
      return kEnergyLetters;
    case U'm':
      return kMilitaryFirst;
    case U'c':
      return U"学警领";
    case U'h':
      return U"港澳";
    default:
      return {&c, 1};
  }
}

}  // namespace

PlateGrammar::PlateGrammar() {
  // Vietnam
  Add(U"ddsdddd", 0);
  Add(U"ddsddddd", 0);
  motorbike_ |= Add(U"ddsnddddd", 0);  // 59-P1 835.79; with four digits it has the form of a car's
  Add(U"ddlldddd", -1);
  Add(U"ddllddddd", -0.7);
  motorbike_ |= Add(U"ddMDnddddd", -2);
  for (const std::u32string_view series : {U"NG", U"QT", U"CV", U"NN"}) {
    const std::u32string head = U"ddddd" + std::u32string(series);
    Add(head + U"dd", -1);
    Add(head + U"ddd", -2);
  }
  Add(U"mldddd", -1);
  Add(U"Tdddddd", -4);
  Add(U"Tddddddd", -4);
  Add(U"Tdddddddd", -4);
  // China
  Add(U"paxxxxx", 0);
  Add(U"paxxxx挂", 0);
  Add(U"paxxxxc", -0.5);
  Add(U"粤Zxxxxh", -0.5);
  Add(U"paexdddd", 0);
  Add(U"paddddde", 0);
  Add(U"使dddddd", -1);
  Add(U"dddddd使", -1);
}

PlateGrammar::Forms PlateGrammar::Add(std::u32string_view pattern, double prior) {
  std::vector<std::u32string_view> places;
  for (const char32_t& c : pattern) places.push_back(SetOf(c));
  prior_.push_back(prior);
  return forms_.Add(places, kCharset);
}

double PlateGrammar::Prior(Forms forms) const {
  double best = -1e9;
  for (size_t i = 0; i < prior_.size(); ++i) {
    if ((forms >> i & 1) != 0) best = std::max(best, prior_[i]);
  }
  return best;
}

}  // namespace bordergate::camera
