#include "services/camera/vision/confidence.h"

#include <algorithm>
#include <cmath>

#include "libs/core/text.h"

namespace bordergate::camera {
namespace {

constexpr double kSureMin = 0.90;
constexpr double kDoubtfulMax = 0.5;
constexpr double kLineHeightMin = 9.0;  // pixels; below, strokes are thinner than a pixel

double Logit(double p) { return std::log(p / (1 - p)); }

}  // namespace

double Confidence(const Evidence& evidence, const Calibration& calibration) {
  const double p = std::clamp(evidence.probability, 1e-9, 1 - 1e-4);
  const double confidence = 1 / (1 + std::exp(-calibration.bias - calibration.of_probability * Logit(p)));
  const bool doubtful = evidence.doubtful || evidence.line_height_px < kLineHeightMin;
  return doubtful ? std::min(confidence, kDoubtfulMax) : confidence;
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
