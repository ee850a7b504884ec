#include "services/camera/vision/container_search.h"

#include <algorithm>
#include <vector>

#include "libs/container/container_number.h"
#include "libs/core/text.h"
#include "services/camera/vision/ctc_search.h"

namespace bordergate::camera {
namespace {

constexpr double kProbabilityMin = 1e-3;  // a text less likely than this was not read at all

// Three letters of the owner, the kind of equipment, six digits and the check digit.
TextForms MakeForms() {
  constexpr std::u32string_view kLetters = U"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::u32string_view kDigits = U"0123456789";
  std::vector<std::u32string_view> places(3, kLetters);
  places.emplace_back(U"UJZ");
  places.insert(places.end(), 7, kDigits);
  TextForms forms;
  forms.Add(places, kContainerCharset);
  return forms;
}

}  // namespace

std::optional<ContainerText> SearchContainerText(const cv::Mat& log_probabilities) {
  static const TextForms kForms = MakeForms();
  const std::vector<FoundText> found = SearchTexts(log_probabilities, kForms);
  if (found.empty() || found[0].probability < kProbabilityMin) return std::nullopt;
  const auto text_of = [](const FoundText& one) { return EncodeUtf8(one.text.In(kContainerCharset)); };
  ContainerText best{.text = text_of(found[0]), .probability = found[0].probability};
  best.proved = IsContainerNumber(best.text);
  const auto rival = std::find_if(found.begin() + 1, found.end(),
                                  [&](const FoundText& one) { return IsContainerNumber(text_of(one)); });
  if (rival != found.end()) best.rival_probability = rival->probability;
  return best;
}

}  // namespace bordergate::camera
