// The frames of one vehicle vote on its plate.
//
// Each read adds the square of its confidence to its plate, so that a few sure frames outweigh many doubtful
// ones. The plate with the greatest sum leads; it is disputed while another has more than half of the
// leader's sum. Plates of trailers are counted apart: they are a second witness, not a rival. The best
// picture of each plate is kept.
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

  // The plate most frames agree on; null before the first read of a truck or tractor.
  const Candidate* Leader() const;
  // Every plate of a truck or tractor that frames voted for, the leader first.
  const std::vector<Candidate>& candidates() const { return candidates_; }
  bool Disputed() const;
  const std::vector<Candidate>& trailers() const { return trailers_; }
  // The trailer plate most frames agree on; null when none was read.
  const Candidate* Trailer() const;

  int count() const { return count_; }

 private:
  static void Count(std::vector<Candidate>& candidates, const PlateRead& read);

  // More plates than this in one stay of one vehicle say nothing more.
  static constexpr size_t kCandidatesMax = 8;

  std::vector<Candidate> candidates_;  // by weight, greatest first
  std::vector<Candidate> trailers_;
  int count_ = 0;
};

}  // namespace bordergate::lane
