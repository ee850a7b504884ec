// Reads of one vehicle, frame after frame: which belong together, which are worth sending, which carry the
// picture.
//
// A lane's camera sees one vehicle at a time, mostly standing. Reads whose plates lie near each other, or
// whose texts differ in at most two places, within two seconds, are one vehicle. Pure; one tracker a camera,
// one thread.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "libs/core/clock.h"

namespace bordergate::camera {

// What the tracker needs of a read.
struct Sighting {
  std::string plate;  // normalised
  double confidence = 0;
  bool sure = false;
  std::array<float, 2> centre{};  // of the plate, in pixels
  double height_px = 0;           // of the plate
};

struct TrackRules {
  milliseconds gap_max{2000};       // a vehicle not seen for this long has gone
  milliseconds pace_settled{1000};  // once settled, a frame is looked at this often
  int settled_count = 5;            // sure reads with the same text after which a track is settled
  // The picture travels with every sure read: the lane uses only reads of a vehicle that has come to its
  // loop, and after the settled ones they are few. With unsure ones when the confidence rises by this much,
  // or after this long.
  double evidence_gain = 0.05;
  milliseconds evidence_pause{300};
};

class Tracker {
 public:
  explicit Tracker(const TrackRules& rules) : rules_(rules) {}

  struct Verdict {
    int64_t track = 0;           // number of the vehicle, from 1
    bool with_evidence = false;  // send the picture with the read
  };
  // A read of a frame received at `time`.
  Verdict Add(const Sighting& sighting, SteadyInstant time);

  // Whether a frame received at `time` should be read at all: always, unless the vehicle is settled and was
  // read a moment ago.
  bool WantsFrame(SteadyInstant time) const;
  // A frame was read and held no plate.
  void AddNothing(SteadyInstant time);

 private:
  bool SameVehicle(const Sighting& sighting) const;

  TrackRules rules_;
  int64_t track_ = 0;
  std::optional<Sighting> last_;
  SteadyInstant last_time_{};
  SteadyInstant read_time_{};
  int agreeing_ = 0;
  double evidence_confidence_ = -1;
  SteadyInstant evidence_time_{};
};

}  // namespace bordergate::camera
