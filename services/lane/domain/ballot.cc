#include "services/lane/domain/ballot.h"

#include <algorithm>

namespace bordergate::lane {

void Ballot::Add(const PlateRead& read) {
  ++count_;
  Count(read.trailer ? trailers_ : candidates_, read);
}

void Ballot::Count(std::vector<Candidate>& candidates, const PlateRead& read) {
  auto it = std::find_if(candidates.begin(), candidates.end(),
                         [&](const Candidate& candidate) { return candidate.key == read.key; });
  if (it == candidates.end()) {
    if (candidates.size() == kCandidatesMax) candidates.pop_back();
    it = candidates.insert(candidates.end(), Candidate{read.key, 0, 0, read, read});
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
      std::upper_bound(candidates.begin(), it, *it,
                       [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
  std::rotate(place, it, it + 1);
}

const Ballot::Candidate* Ballot::Leader() const {
  return candidates_.empty() ? nullptr : &candidates_.front();
}

bool Ballot::Disputed() const {
  return candidates_.size() > 1 && candidates_[1].weight * 2 > candidates_[0].weight;
}

const Ballot::Candidate* Ballot::Trailer() const { return trailers_.empty() ? nullptr : &trailers_.front(); }

}  // namespace bordergate::lane
