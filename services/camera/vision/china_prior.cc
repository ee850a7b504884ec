#include "services/camera/vision/china_prior.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bordergate::camera {
namespace {

struct Province {
  char32_t name;
  double vehicles;  // tens of thousands
  std::u32string_view letters;
};

constexpr std::array<Province, 31> kProvinces = {{
    {U'京', 650, U"ABCDEFGHJKLMNPQY"},
    {U'津', 380, U"ABCDEFGHJKLMNPQR"},
    {U'沪', 500, U"ABCDEFGHJKLMNPRW"},
    {U'渝', 580, U"ABCDFGHN"},
    {U'冀', 2020, U"ABCDEFGHJRSTX"},
    {U'豫', 2050, U"ABCDEFGHJKLMNPQRSTUV"},
    {U'云', 950, U"ACDEFGHJKLMNPQRSV"},
    {U'辽', 1060, U"ABCDEFGHJKLMNPV"},
    {U'黑', 670, U"ABCDEFGHJKLMNPR"},
    {U'湘', 1130, U"ABCDEFGHJKLMNSU"},
    {U'皖', 1150, U"ABCDEFGHJKLMNPQRS"},
    {U'鲁', 2900, U"ABCDEFGHJKLMNPQRSUVWY"},
    {U'新', 570, U"ABCDEFGHJKLMNPQRS"},
    {U'苏', 2400, U"ABCDEFGHJKLMNU"},
    {U'浙', 2150, U"ABCDEFGHJKL"},
    {U'赣', 780, U"ABCDEFGHJKLMS"},
    {U'鄂', 1100, U"ABCDEFGHJKLMNPQRSW"},
    {U'桂', 860, U"ABCDEFGHJKLMNPR"},
    {U'甘', 430, U"ABCDEFGHJKLMNP"},
    {U'晋', 870, U"ABCDEFHJKLM"},
    {U'蒙', 740, U"ABCDEFGHJKLM"},
    {U'陕', 850, U"ABCDEFGHJKUV"},
    {U'吉', 560, U"ABCDEFGHJK"},
    {U'闽', 850, U"ABCDEFGHJK"},
    {U'贵', 650, U"ABCDEFGHJ"},
    {U'粤', 2950, U"ABCDEFGHJKLMNPQRSTUVWXYZ"},
    {U'青', 150, U"ABCDEFGH"},
    {U'藏', 80, U"ABCDEFGHJ"},
    {U'川', 1500, U"ABCDEFGHJKLMQRSTUVWXYZ"},
    {U'宁', 200, U"ABCDE"},
    {U'琼', 180, U"ABCDEF"},
}};
constexpr double kMost = 2950;
constexpr double kNotGivenOut = -2.0;

}  // namespace

double ChinaPrior(std::u32string_view text) {
  if (text.size() < 2) return 0;
  const auto* const found = std::find_if(kProvinces.begin(), kProvinces.end(),
                                         [&](const Province& p) { return p.name == text[0]; });
  if (found == kProvinces.end()) return 0;
  const bool given_out = found->letters.find(text[1]) != std::u32string_view::npos;
  return 0.5 * std::log(found->vehicles / kMost) + (given_out ? 0 : kNotGivenOut);
}

}  // namespace bordergate::camera
