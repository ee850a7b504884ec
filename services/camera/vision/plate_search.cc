#include "services/camera/vision/plate_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "libs/core/text.h"
#include "services/camera/vision/charset.h"
#include "services/camera/vision/china_prior.h"
#include "services/camera/vision/ctc_search.h"

namespace bordergate::camera {
namespace {

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

std::optional<Found> AsPlate(const FoundText& whole, const PlateGrammar& grammar) {
  std::u32string text = whole.text.In(kCharset);
  PutInStandardOrder(text);
  const auto plate = grammar.IsMotorbike(whole.forms) ? AsMotorbike(text) : ParsePlate(EncodeUtf8(text));
  if (!plate) return std::nullopt;
  return Found{Candidate{PlateKey(EncodeUtf8(text)), plate->country, whole.probability},
               grammar.Prior(whole.forms) + ChinaPrior(text)};
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
  std::vector<Found> found;
  for (const FoundText& whole : SearchTexts(log_probabilities, grammar.forms())) {
    if (auto plate = AsPlate(whole, grammar)) found.push_back(*std::move(plate));
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
