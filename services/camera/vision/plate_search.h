// The likeliest plates for what the reader's net says: CTC beam search inside the grammar.
#pragma once

#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "libs/plate/plate.h"
#include "services/camera/vision/plate_grammar.h"

namespace bordergate::camera {

struct Candidate {
  std::string text;  // normalised, in the order of the standard
  PlateCountry country = PlateCountry::kVietnam;
  double probability = 0;  // of the text given the picture; weighed by how common it is beside the others
};

// Valid plates, likeliest first, at most kCandidatesMax.
//   log_probabilities   of CharacterReader::Read
std::vector<Candidate> SearchPlates(const cv::Mat& log_probabilities, const PlateGrammar& grammar);

// Of several looks at one plate: the mean probability of each text, a look weighing as much as it sees of a
// plate.
std::vector<Candidate> Combine(const std::vector<std::vector<Candidate>>& looks);

inline constexpr size_t kCandidatesMax = 12;

}  // namespace bordergate::camera
