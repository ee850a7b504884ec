// One induction loop with its detector: says whether a vehicle stands on a stretch of the lane.
#pragma once

#include "services/simulator/domain/fault.h"

namespace bordergate::simulator {

class LoopDetector {
 public:
  //   from, to   the stretch in metres along the lane
  LoopDetector(double from_m, double to_m, Fault stuck, Fault dead)
      : from_m_(from_m), to_m_(to_m), stuck_(stuck), dead_(dead) {}

  double from_m() const { return from_m_; }
  double to_m() const { return to_m_; }
  bool Covers(double rear_m, double front_m) const { return front_m > from_m_ && rear_m < to_m_; }

  //   occupied   a vehicle is above the loop
  void See(bool occupied) {
    occupied_ = occupied;
    if (!occupied) blind_ = false;
  }
  // The detector starts anew and takes what stands on it for the empty road: it reports nobody until that has
  // left.
  void Restart() { blind_ = occupied_; }

  bool Reports(const Faults& faults) const {
    return faults.Has(stuck_) || (occupied_ && !blind_ && !faults.Has(dead_));
  }

 private:
  double from_m_;
  double to_m_;
  Fault stuck_;
  Fault dead_;
  bool occupied_ = false;
  bool blind_ = false;
};

}  // namespace bordergate::simulator
