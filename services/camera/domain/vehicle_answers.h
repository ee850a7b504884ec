// One answer a vehicle, from all its frames: the plate (or the number of its container) that most of them
// say, which frames those are, and the best of them. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/camera/domain/tracker.h"

namespace bordergate::camera {

struct VehicleAnswer {
  int64_t track = 0;                  // of the tracker; vehicles stand in the order in which they came
  std::string text;                   // the plate, or the container's number
  double confidence = 0;              // of the best frame that says so
  bool sure = false;                  // at least one frame said so surely, confirmed by a second one
  std::vector<size_t> frames;         // that say so, in their order
  size_t best_frame = 0;              // the one to show
  size_t seen = 0;                    // frames in which the vehicle was read at all
  Course course = Course::kStanding;  // over all its frames
};

class VehicleAnswers {
 public:
  // What a frame says of the vehicle in the lane.
  //   frame   its number; rising
  //   sighting   the one that the tracker chose
  void Add(size_t frame, const Sighting& sighting, const Tracker::Verdict& verdict);

  std::vector<VehicleAnswer> All() const;

 private:
  struct Candidate {
    VehicleAnswer answer;
    double weight = 0;  // sum of the squares of the confidences
  };
  struct Vehicle {
    int64_t track = 0;
    size_t seen = 0;
    Course course = Course::kStanding;
    std::vector<Candidate> candidates;
  };
  std::vector<Vehicle> vehicles_;
};

}  // namespace bordergate::camera
