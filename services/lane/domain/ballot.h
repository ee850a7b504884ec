// The frames of one vehicle vote on what one thing of it reads: its front, its rear, its trailer, its
// container.
//
// Each read adds the square of its confidence to its plate, so that a few sure frames outweigh many doubtful
// ones. The plate with the greatest sum leads; it is disputed while another has more than half of the
// leader's sum. The best picture of each plate is kept. A container's number is counted as a plate is.
//
// Not safe for use by several threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/lane/domain/plate_read.h"

namespace bordergate::lane {

class Ballot {
 public:
  struct Candidate {
    std::string key;
    double weight = 0;
    int count = 0;
    PlateRead best;     // the read with the highest confidence
    PlateRead picture;  // the best one that came with a picture; its picture is null when none did
  };

  void Add(const PlateRead& read);

  // The plate most frames agree on; null before the first read.
  const Candidate* Leader() const;
  // Every plate that frames voted for, the leader first.
  const std::vector<Candidate>& candidates() const { return candidates_; }
  bool Disputed() const;

 private:
  // More plates than this in one stay of one vehicle say nothing more.
  static constexpr size_t kCandidatesMax = 8;

  std::vector<Candidate> candidates_;  // by weight, greatest first
};

}  // namespace bordergate::lane
