#include "services/lane/domain/ballot.h"

#include <algorithm>

namespace bordergate::lane {

void Ballot::Add(const PlateRead& read) {
  auto it = std::find_if(candidates_.begin(), candidates_.end(),
                         [&](const Candidate& candidate) { return candidate.key == read.key; });
  if (it == candidates_.end()) {
    if (candidates_.size() == kCandidatesMax) candidates_.pop_back();
    it = candidates_.insert(candidates_.end(), Candidate{read.key, 0, 0, read, read});
  }
  it->weight += read.confidence * read.confidence;
  ++it->count;
  if (read.confidence > it->best.confidence) it->best = read;
  const bool better_picture =
      read.picture && (!it->picture.picture || read.confidence > it->picture.confidence);
  if (better_picture) it->picture = read;
  it->best.picture = nullptr;  // kept once, with `picture`
  // Weights only grow, so it can only rise.
  const auto place =
      std::upper_bound(candidates_.begin(), it, *it,
                       [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
  std::rotate(place, it, it + 1);
}

const Ballot::Candidate* Ballot::Leader() const {
  return candidates_.empty() ? nullptr : &candidates_.front();
}

bool Ballot::Disputed() const {
  return candidates_.size() > 1 && candidates_[1].weight * 2 > candidates_[0].weight;
}

}  // namespace bordergate::lane
