#include "services/camera/vision/spacing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "services/camera/vision/charset.h"

namespace bordergate::camera {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();
constexpr size_t kSerial = 4;  // digits of the older form
// Against the middle one of the distances; a narrow 1 and a cut that is not quite straight stay below.
constexpr double kGapMax = 1.5;
constexpr double kOffMiddleMax = 1.1;  // steps, of the twenty that a line of two has
constexpr double kOffMiddleMaxOneLine = 1.6;

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// 29C1234 and 59P11234, but neither 80011NG01 nor TM1234.
bool IsCivil(std::u32string_view text) {
  return text.size() > kSerial + 2 && IsDigit(text[0]) && IsDigit(text[1]) && !IsDigit(text[2]) &&
         std::all_of(text.end() - kSerial, text.end(), IsDigit);
}

double Middle(const std::vector<double>& places) { return (places.front() + places.back()) / 2; }

bool HasGap(const std::vector<double>& places) {
  std::vector<double> ways;
  for (size_t i = 1; i < places.size(); ++i) ways.push_back(places[i] - places[i - 1]);
  std::sort(ways.begin(), ways.end());
  return ways.back() > kGapMax * ways[ways.size() / 2];
}

// Blank, first character, blank, ... blank: the states that a text passes through.
std::vector<int> StatesOf(std::u32string_view text) {
  std::vector<int> states = {0};
  for (const char32_t c : text) {
    const size_t at = kCharset.find(c);
    if (at == std::u32string_view::npos) return {};
    states.push_back(static_cast<int>(at) + 1);
    states.push_back(0);
  }
  return states;
}

// The best way to come to state `s`: from it, from the one before, or over a blank.
size_t BestBefore(const std::vector<float>& scores, const std::vector<int>& states, size_t s) {
  size_t best = s;
  if (s > 0 && scores[s - 1] > scores[best]) best = s - 1;
  const bool may_skip = s > 1 && states[s] != 0 && states[s] != states[s - 2];
  if (may_skip && scores[s - 2] > scores[best]) best = s - 2;
  return best;
}

}  // namespace

std::vector<double> PlacesOf(const cv::Mat& log_probabilities, std::u32string_view text) {
  const std::vector<int> states = StatesOf(text);
  const int steps = log_probabilities.rows;
  if (states.size() < 3 || steps == 0) return {};
  std::vector<std::vector<size_t>> from;
  std::vector<float> scores(states.size(), kNever);
  scores[0] = log_probabilities.at<float>(0, 0);
  scores[1] = log_probabilities.at<float>(0, states[1]);
  for (int t = 1; t < steps; ++t) {
    std::vector<float> next(states.size());
    std::vector<size_t>& came = from.emplace_back(states.size());
    for (size_t s = 0; s < states.size(); ++s) {
      came[s] = BestBefore(scores, states, s);
      next[s] = scores[came[s]] + log_probabilities.at<float>(t, states[s]);
    }
    scores = std::move(next);
  }
  size_t s = states.size() - (scores.back() > scores[states.size() - 2] ? 1 : 2);
  if (scores[s] == kNever) return {};
  std::vector<double> weighed(text.size(), 0.0);
  std::vector<double> weights(text.size(), 0.0);
  for (int t = steps - 1; t >= 0; --t) {
    if (states[s] != 0) {
      const double weight = std::exp(static_cast<double>(log_probabilities.at<float>(t, states[s]))) + 1e-9;
      weighed[s / 2] += weight * t;
      weights[s / 2] += weight;
    }
    if (t > 0) s = from[static_cast<size_t>(t) - 1][s];
  }
  for (size_t i = 0; i < weighed.size(); ++i) weighed[i] /= weights[i];
  return weighed;
}

bool MayHaveLostADigit(std::u32string_view text, Layout layout, int steps,
                       const std::vector<double>& places) {
  if (!IsCivil(text) || places.size() != text.size()) return false;
  if (layout == Layout::kOneLine) {
    if (text.size() != kSerial + 3) return false;
    const std::vector<double> serial(places.end() - kSerial, places.end());
    return HasGap(serial) || std::abs(Middle(places) - (steps - 1) / 2.0) > kOffMiddleMaxOneLine;
  }
  std::vector<double> lower;
  std::copy_if(places.begin(), places.end(), std::back_inserter(lower),
               [&](double place) { return place > (steps - 1) / 2.0; });
  if (lower.size() > kSerial) return false;
  return lower.size() < kSerial || HasGap(lower) ||
         std::abs(Middle(lower) - (0.75 * steps - 0.5)) > kOffMiddleMax;
}

}  // namespace bordergate::camera
