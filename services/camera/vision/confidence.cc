#include "services/camera/vision/confidence.h"

#include <algorithm>
#include <cmath>

#include "libs/core/text.h"

namespace bordergate::camera {
namespace {

// Fitted by tools/anpr/calibrate.py.
constexpr double kBias = 0.0;
constexpr double kOfProbability = 1.0;
constexpr double kOfMargin = 0.5;
constexpr double kOfHeight = 1.0;
constexpr double kSureMin = 0.80;

}  // namespace

double Confidence(const Evidence& evidence) {
  const double log_probability = std::log(std::max(evidence.probability, 1e-9));
  const double margin = std::min(log_probability - std::log(std::max(evidence.rival, 1e-12)), 8.0);
  const double height = std::clamp(std::log(evidence.line_height_px / 14.0), -1.5, 1.0);
  const double logit = kBias + kOfProbability * log_probability + kOfMargin * margin + kOfHeight * height;
  return 1 / (1 + std::exp(-logit));
}

bool IsSure(double confidence) { return confidence >= kSureMin; }

std::vector<double> CharacterConfidence(std::span<const Candidate> candidates, double confidence) {
  if (candidates.empty()) return {};
  const std::u32string best = DecodeUtf8(candidates.front().text).value_or(U"");
  std::vector<double> agree(best.size(), 0.0);
  double all = 0;
  for (const Candidate& one : candidates) {
    const std::u32string text = DecodeUtf8(one.text).value_or(U"");
    all += one.probability;
    for (size_t i = 0; i < std::min(best.size(), text.size()); ++i) {
      if (text[i] == best[i]) agree[i] += one.probability;
    }
  }
  for (double& a : agree) a = all > 0 ? std::max(confidence, a / all) : 0;
  return agree;
}

}  // namespace bordergate::camera
