// The likeliest texts of a form for what a net says: CTC beam search.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "services/camera/vision/text_forms.h"

namespace bordergate::camera {

// Class numbers of the characters of a text, from 1.
struct ClassText {
  std::array<uint8_t, TextForms::kPlacesMax> classes{};
  size_t length = 0;

  int Last() const { return length == 0 ? 0 : classes[length - 1]; }
  ClassText Then(int class_id) const;
  bool IsParentOf(const ClassText& other) const;
  // In the characters of the net: character i is class i + 1.
  std::u32string In(std::u32string_view charset) const;
};

struct FoundText {
  ClassText text;
  TextForms::Forms forms = 0;  // that it is a whole one of; at least one
  double probability = 0;      // of the text, as the net says it
};

// Whole texts of one of the forms, likeliest first; at most 24.
//   log_probabilities   of CharacterReader::Read: a row a step, a column a class, class 0 the blank
std::vector<FoundText> SearchTexts(const cv::Mat& log_probabilities, const TextForms& grammar);

}  // namespace bordergate::camera
