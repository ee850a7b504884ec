#include "services/camera/vision/plate_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "libs/core/text.h"

namespace bordergate::camera {
namespace {

constexpr size_t kBeams = 24;
constexpr float kLogProbabilityMin = -12.0F;  // a character less likely than this at a step is not tried
constexpr double kNever = -std::numeric_limits<double>::infinity();

double LogSum(double a, double b) {
  if (a == kNever) return b;
  if (b == kNever) return a;
  const double top = std::max(a, b);
  return top + std::log1p(std::exp(-std::abs(a - b)));
}

struct Beam {
  double blank = kNever;  // ends in a blank
  double ink = kNever;    // ends in its last character
  PlateGrammar::Forms forms = 0;

  double Total() const { return LogSum(blank, ink); }
};

// Class numbers of the characters so far.
using Prefix = std::string;
using Beams = std::map<Prefix, Beam>;

Beams Step(const Beams& beams, const float* row, const PlateGrammar& grammar) {
  Beams next;
  for (const auto& [prefix, beam] : beams) {
    Beam& same = next[prefix];
    same.forms = beam.forms;
    same.blank = LogSum(same.blank, beam.Total() + row[0]);
    for (int k = 1; k < kClasses; ++k) {
      if (row[k] < kLogProbabilityMin) continue;
      const bool repeat = !prefix.empty() && prefix.back() == static_cast<char>(k);
      if (repeat) {
        Beam& held = next[prefix];
        held.ink = LogSum(held.ink, beam.ink + row[k]);
      }
      const auto forms = grammar.Next(beam.forms, prefix.size(), k);
      if (forms == 0) continue;
      Beam& longer = next[prefix + static_cast<char>(k)];
      longer.forms = forms;
      longer.ink = LogSum(longer.ink, (repeat ? beam.blank : beam.Total()) + row[k]);
    }
  }
  return next;
}

void Prune(Beams& beams) {
  if (beams.size() <= kBeams) return;
  std::vector<double> totals;
  totals.reserve(beams.size());
  for (const auto& [prefix, beam] : beams) totals.push_back(beam.Total());
  std::nth_element(totals.begin(), totals.begin() + (kBeams - 1), totals.end(), std::greater<>());
  const double limit = totals[kBeams - 1];
  std::erase_if(beams, [limit](const auto& entry) { return entry.second.Total() < limit; });
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

std::optional<Candidate> AsPlate(const Prefix& prefix, const Beam& beam, const PlateGrammar& grammar) {
  const auto complete = grammar.Complete(beam.forms, prefix.size());
  if (complete == 0) return std::nullopt;
  std::u32string text;
  for (const char k : prefix) text += kCharset[static_cast<size_t>(k) - 1];
  PutInStandardOrder(text);
  const auto plate = grammar.IsMotorbike(complete) ? AsMotorbike(text) : ParsePlate(EncodeUtf8(text));
  if (!plate) return std::nullopt;
  return Candidate{PlateKey(EncodeUtf8(text)), plate->country,
                   std::exp(beam.Total() + grammar.Prior(complete))};
}

void SortAndCut(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(),
            [](const auto& a, const auto& b) { return a.probability > b.probability; });
  if (candidates.size() > kCandidatesMax) candidates.resize(kCandidatesMax);
}

}  // namespace

std::vector<Candidate> SearchPlates(const cv::Mat& log_probabilities, const PlateGrammar& grammar) {
  Beams beams;
  beams[""] = Beam{0.0, kNever, grammar.Start()};
  for (int t = 0; t < log_probabilities.rows; ++t) {
    beams = Step(beams, log_probabilities.ptr<float>(t), grammar);
    Prune(beams);
  }
  std::vector<Candidate> found;
  for (const auto& [prefix, beam] : beams) {
    if (auto plate = AsPlate(prefix, beam, grammar)) found.push_back(*std::move(plate));
  }
  SortAndCut(found);
  return found;
}

std::vector<Candidate> Combine(const std::vector<std::vector<Candidate>>& looks) {
  std::map<std::string, Candidate> joined;
  for (const auto& look : looks) {
    for (const Candidate& one : look) {
      Candidate& sum = joined.try_emplace(one.text, Candidate{one.text, one.country, 0}).first->second;
      sum.probability += one.probability / static_cast<double>(looks.size());
    }
  }
  std::vector<Candidate> found;
  found.reserve(joined.size());
  for (auto& [text, candidate] : joined) found.push_back(std::move(candidate));
  SortAndCut(found);
  return found;
}

}  // namespace bordergate::camera
