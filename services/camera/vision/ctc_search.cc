#include "services/camera/vision/ctc_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bordergate::camera {
namespace {

constexpr size_t kBeams = 24;
constexpr float kLogProbabilityMin = -12.0F;  // a character less likely than this at a step is not tried
constexpr double kGapMax = 14.0;              // a beam so much less likely than the best is dropped
constexpr double kNever = -std::numeric_limits<double>::infinity();

double LogSum(double a, double b) {
  if (a == kNever) return b;
  if (b == kNever) return a;
  const double top = std::max(a, b);
  return top + std::log1p(std::exp(-std::abs(a - b)));
}

struct Beam {
  ClassText prefix;
  double blank = kNever;  // ends in a blank
  double ink = kNever;    // ends in its last character
  TextForms::Forms forms = 0;

  double Total() const { return LogSum(blank, ink); }
};

using Beams = std::vector<Beam>;

// Adds to `next` what `beam` becomes by one character more. The only other way to that text is to stay on it,
// and `next` begins with the beams that stayed.
void Extend(const Beam& beam, double total, int class_id, float log_probability, size_t stayed,
            const TextForms& grammar, Beams& next) {
  const auto forms = grammar.Next(beam.forms, beam.prefix.length, class_id);
  if (forms == 0) return;
  const double from = beam.prefix.Last() == class_id ? beam.blank : total;
  if (from == kNever) return;
  for (size_t i = 0; i < stayed; ++i) {
    Beam& known = next[i];
    if (known.prefix.Last() != class_id || !beam.prefix.IsParentOf(known.prefix)) continue;
    known.ink = LogSum(known.ink, from + log_probability);
    return;
  }
  next.push_back({beam.prefix.Then(class_id), kNever, from + log_probability, forms});
}

void Prune(Beams& beams) {
  std::vector<std::pair<double, size_t>> order;
  order.reserve(beams.size());
  for (size_t i = 0; i < beams.size(); ++i) order.emplace_back(-beams[i].Total(), i);
  const size_t keep = std::min(kBeams, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<ptrdiff_t>(keep), order.end());
  Beams kept;
  kept.reserve(keep);
  for (size_t i = 0; i < keep && order[i].first <= order[0].first + kGapMax; ++i) {
    kept.push_back(beams[order[i].second]);
  }
  beams = std::move(kept);
}

Beams Step(const Beams& beams, const float* row, int classes, const TextForms& grammar) {
  Beams next;
  next.reserve(beams.size() * 4);
  for (const Beam& beam : beams) {
    const int last = beam.prefix.Last();
    next.push_back(
        {beam.prefix, beam.Total() + row[0], last == 0 ? kNever : beam.ink + row[last], beam.forms});
  }
  for (int k = 1; k < classes; ++k) {
    if (row[k] < kLogProbabilityMin) continue;
    for (const Beam& beam : beams) Extend(beam, beam.Total(), k, row[k], beams.size(), grammar, next);
  }
  Prune(next);
  return next;
}

}  // namespace

ClassText ClassText::Then(int class_id) const {
  ClassText longer = *this;
  longer.classes[longer.length++] = static_cast<uint8_t>(class_id);
  return longer;
}

bool ClassText::IsParentOf(const ClassText& other) const {
  return other.length == length + 1 &&
         std::equal(classes.begin(), classes.begin() + static_cast<ptrdiff_t>(length), other.classes.begin());
}

std::u32string ClassText::In(std::u32string_view charset) const {
  std::u32string text;
  for (size_t i = 0; i < length; ++i) text += charset[classes[i] - 1U];
  return text;
}

std::vector<FoundText> SearchTexts(const cv::Mat& log_probabilities, const TextForms& grammar) {
  Beams beams = {{.prefix = {}, .blank = 0.0, .forms = grammar.Start()}};
  for (int t = 0; t < log_probabilities.rows; ++t)
    beams = Step(beams, log_probabilities.ptr<float>(t), log_probabilities.cols, grammar);
  std::vector<FoundText> found;
  for (const Beam& beam : beams) {
    const TextForms::Forms whole = grammar.Complete(beam.forms, beam.prefix.length);
    if (whole != 0) found.push_back({beam.prefix, whole, std::exp(beam.Total())});
  }
  return found;
}

}  // namespace bordergate::camera
