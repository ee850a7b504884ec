#include "services/camera/vision/plate_search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "libs/core/text.h"
#include "services/camera/vision/china_prior.h"

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

// Class numbers of the characters so far.
struct Prefix {
  std::array<uint8_t, PlateGrammar::kPlacesMax> classes{};
  size_t length = 0;

  int Last() const { return length == 0 ? 0 : classes[length - 1]; }

  Prefix Then(int class_id) const {
    Prefix longer = *this;
    longer.classes[longer.length++] = static_cast<uint8_t>(class_id);
    return longer;
  }

  bool IsParentOf(const Prefix& other) const {
    return other.length == length + 1 &&
           std::equal(classes.begin(), classes.begin() + static_cast<ptrdiff_t>(length),
                      other.classes.begin());
  }
};

struct Beam {
  Prefix prefix;
  double blank = kNever;  // ends in a blank
  double ink = kNever;    // ends in its last character
  PlateGrammar::Forms forms = 0;

  double Total() const { return LogSum(blank, ink); }
};

using Beams = std::vector<Beam>;

// Adds to `next` what `beam` becomes by one character more. The only other way to that text is to stay on it,
// and `next` begins with the beams that stayed.
void Extend(const Beam& beam, double total, int class_id, float log_probability, size_t stayed,
            const PlateGrammar& grammar, Beams& next) {
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

Beams Step(const Beams& beams, const float* row, const PlateGrammar& grammar) {
  Beams next;
  next.reserve(beams.size() * 4);
  for (const Beam& beam : beams) {
    const int last = beam.prefix.Last();
    next.push_back(
        {beam.prefix, beam.Total() + row[0], last == 0 ? kNever : beam.ink + row[last], beam.forms});
  }
  for (int k = 1; k < kClasses; ++k) {
    if (row[k] < kLogProbabilityMin) continue;
    for (const Beam& beam : beams) Extend(beam, beam.Total(), k, row[k], beams.size(), grammar, next);
  }
  Prune(next);
  return next;
}

// On two-line diplomatic plates the letters may stand in the first line: 80-NG / 011-01 is 80-011-NG-01.
void PutInStandardOrder(std::u32string& text) {
  if (text.size() != 9) return;
  const std::u32string_view series = std::u32string_view(text).substr(2, 2);
  const bool diplomatic = series == U"NG" || series == U"QT" || series == U"CV" || series == U"NN";
  if (diplomatic) std::rotate(text.begin() + 2, text.begin() + 4, text.begin() + 7);
}

// libs/plate knows the plates of vehicles that may be declared. Motorbikes carry a digit more, after their
// series: 59-P1 835.79, 29-MĐ1 123.45. Without it the rest must be a plate.
Result<Plate> AsMotorbike(std::u32string text) {
  if (text.size() == 9 || text.size() == 10) text.erase(text.size() - 6, 1);
  return ParsePlate(EncodeUtf8(text));
}

struct Found {
  Candidate candidate;
  double prior = 0;  // logarithm of how common such plates are
};

std::optional<Found> AsPlate(const Beam& beam, const PlateGrammar& grammar) {
  const auto complete = grammar.Complete(beam.forms, beam.prefix.length);
  if (complete == 0) return std::nullopt;
  std::u32string text;
  for (size_t i = 0; i < beam.prefix.length; ++i) text += kCharset[beam.prefix.classes[i] - 1U];
  PutInStandardOrder(text);
  const auto plate = grammar.IsMotorbike(complete) ? AsMotorbike(text) : ParsePlate(EncodeUtf8(text));
  if (!plate) return std::nullopt;
  return Found{Candidate{PlateKey(EncodeUtf8(text)), plate->country, std::exp(beam.Total())},
               grammar.Prior(complete) + ChinaPrior(text)};
}

// Rare plates are weighed against what else may stand there only: a rare plate that is plain to see stays
// sure.
std::vector<Candidate> Weighed(std::vector<Found> found) {
  double before = 0;
  double after = 0;
  for (Found& one : found) {
    before += one.candidate.probability;
    one.candidate.probability *= std::exp(one.prior);
    after += one.candidate.probability;
  }
  std::vector<Candidate> candidates;
  candidates.reserve(found.size());
  for (Found& one : found) {
    if (after > 0) one.candidate.probability *= before / after;
    candidates.push_back(std::move(one.candidate));
  }
  return candidates;
}

void SortAndCut(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(),
            [](const auto& a, const auto& b) { return a.probability > b.probability; });
  if (candidates.size() > kCandidatesMax) candidates.resize(kCandidatesMax);
}

// How much of what the net sees is a plate at all; never 0.
double Mass(const std::vector<Candidate>& look) {
  double mass = 1e-6;
  for (const Candidate& one : look) mass += one.probability;
  return mass;
}

}  // namespace

std::vector<Candidate> SearchPlates(const cv::Mat& log_probabilities, const PlateGrammar& grammar) {
  Beams beams = {{.blank = 0.0, .forms = grammar.Start()}};
  for (int t = 0; t < log_probabilities.rows; ++t) {
    beams = Step(beams, log_probabilities.ptr<float>(t), grammar);
  }
  std::vector<Found> found;
  for (const Beam& beam : beams) {
    if (auto plate = AsPlate(beam, grammar)) found.push_back(*std::move(plate));
  }
  std::vector<Candidate> candidates = Weighed(std::move(found));
  SortAndCut(candidates);
  return candidates;
}

std::vector<Candidate> Combine(const std::vector<std::vector<Candidate>>& looks) {
  double all = 0;
  for (const auto& look : looks) all += Mass(look);
  std::map<std::string, Candidate> joined;
  for (const auto& look : looks) {
    const double weight = Mass(look) / all;
    for (const Candidate& one : look) {
      Candidate& sum = joined.try_emplace(one.text, Candidate{one.text, one.country, 0}).first->second;
      sum.probability += one.probability * weight;
    }
  }
  std::vector<Candidate> found;
  found.reserve(joined.size());
  for (auto& [text, candidate] : joined) found.push_back(std::move(candidate));
  SortAndCut(found);
  return found;
}

}  // namespace bordergate::camera
