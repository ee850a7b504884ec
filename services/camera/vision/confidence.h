// How often a read with these figures is right, and whether that is enough to act on.
#pragma once

#include <span>
#include <vector>

#include "services/camera/vision/plate_search.h"

namespace bordergate::camera {

// What a read is judged by.
struct Evidence {
  double probability = 0;     // of the best text
  double line_height_px = 0;  // of one line of the plate in the picture
  bool doubtful = false;      // something beside the characters speaks against it: never sure
};

// What makes a confidence of a probability; models/README.md has the reliability tables. The mean of several
// looks at a plate parts right from wrong more sharply than one look. Container numbers have proved
// themselves by their check digit before.
struct Calibration {
  double bias = 0;
  double of_probability = 0;
};
inline constexpr Calibration kPlateCalibration{.bias = 1.30, .of_probability = 0.83};
inline constexpr Calibration kSeveralLooksCalibration{.bias = 1.07, .of_probability = 1.24};
inline constexpr Calibration kContainerCalibration{.bias = 1.80, .of_probability = 1.00};

// 0..1, calibrated: of reads with confidence c, about c are right.
double Confidence(const Evidence& evidence, const Calibration& calibration = kPlateCalibration);

// Whether a read of this confidence may be acted on without a person.
bool IsSure(double confidence);

// Confidence of each character: the share of the candidates' probability that agrees with the best one there,
// times the confidence that the whole is of this length.
std::vector<double> CharacterConfidence(std::span<const Candidate> candidates, double confidence);

}  // namespace bordergate::camera
