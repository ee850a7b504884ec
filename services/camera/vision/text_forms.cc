#include "services/camera/vision/text_forms.h"

#include "libs/core/check.h"

namespace bordergate::camera {

TextForms::Forms TextForms::Add(const std::vector<std::u32string_view>& places, std::u32string_view charset) {
  BG_CHECK(places.size() <= kPlacesMax && charset.size() < kClassesMax && count_ < 64,
           "one bit a form, and no form longer or of more characters than the table");
  const Forms bit = Forms{1} << count_++;
  start_ |= bit;
  complete_[places.size()] |= bit;
  for (size_t place = 0; place < places.size(); ++place) {
    for (const char32_t c : places[place]) {
      const size_t index = charset.find(c);
      BG_CHECK(index != std::u32string_view::npos, "a form names a character that the net does not know");
      allowed_[place][index + 1] |= bit;
    }
  }
  return bit;
}

}  // namespace bordergate::camera
