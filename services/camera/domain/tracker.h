// The plates of one camera, frame after frame: which of them belong together, which one is the vehicle in the
// lane, and whether enough frames say the same of it. Container numbers are followed in the same way, by a
// tracker of their own.
//
// Sightings of one plate are a track: the same text, or texts that differ in at most two places, or an unsure
// text where the plate was a moment ago. What a frame says is sure when the reader was sure, a second frame
// of the track says the same, and no other text has nearly as much behind it: whatever hides a part of a
// plate moves on or the vehicle does, so it rarely makes the same wrong plate twice. (Measured:
// models/README.md, "Sequences". Votes on single characters were tried there; they are wrong more often.)
//
// Pure; one tracker a camera and kind of mark, one thread.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.h"
#include "services/camera/domain/position.h"

namespace bordergate::camera {

// What the tracker needs of a read.
struct Sighting {
  std::string text;  // a plate or a container's number, normalised
  double confidence = 0;
  bool sure = false;              // the reader's own word, of this frame alone
  std::array<float, 2> centre{};  // in pixels
  double height_px = 0;
  double line_height_px = 0;  // of one of its lines: the greater, the nearer
};

// Told from how the height of the plate's lines changed since the track began.
enum class Course { kStanding, kComing, kGoing };
// "STANDING", "COMING", "GOING".
std::string_view CourseName(Course course);

struct TrackRules {
  milliseconds pace{0};             // frames sooner than this after the last wait, but for a second one
  milliseconds gap_max{2000};       // a plate not seen for this long has gone
  milliseconds pace_settled{1000};  // once settled, a frame is looked at this often
  int settled_count = 5;            // sure sightings with the same text after which a track is settled
  milliseconds vote_life{4000};     // what a frame said counts for this long
  double rival_max = 0.7;           // another text has nearly as much behind it from this share on
  // Of the plates of a frame those this much smaller than the nearest are of vehicles behind it.
  double behind_max = 0.75;
  // Grown or shrunk by this factor, a plate comes or goes. One with the course `passer_by` stands for the
  // vehicle in the lane only when no other is there; see RulesFor.
  double course_factor = 1.15;
  std::optional<Course> passer_by = Course::kGoing;
  // The picture travels with every sure read: the lane uses only reads of a vehicle that has come to its
  // loop, and after the settled ones they are few. With unsure ones when the confidence rises by this much,
  // or after this long.
  double evidence_gain = 0.05;
  milliseconds evidence_pause{300};
};

// The rules for a camera at this position. Before a front camera a plate that goes is of who was let in and
// is still seen from behind while the next one comes. Past a rear camera vehicles drive away to the loop, the
// one let in and the next one alike: the nearer one is the next, and a plate that comes is of the road beside
// it. At a trailer camera plates come and go as the vehicle moves past it.
TrackRules RulesFor(Position position, TrackRules rules);
// The same for container numbers. They are looked for beside the plates and cost as much, so less often, and
// hardly any more once two frames have said the same: what has the right check digit twice is settled.
TrackRules ContainerRulesFor(Position position, TrackRules rules, milliseconds pace);

class Tracker {
 public:
  explicit Tracker(const TrackRules& rules) : rules_(rules) {}

  struct Verdict {
    size_t chosen = 0;  // which sighting stands for the vehicle in the lane
    int64_t track = 0;  // number of its plate's track, from 1
    Course course = Course::kStanding;
    bool sure = false;           // enough to act on
    bool with_evidence = false;  // send the picture with the read
  };
  // The plates of a frame received at `time`, surest first, at least one.
  Verdict Add(std::span<const Sighting> sightings, SteadyInstant time);

  // Whether a frame received at `time` should be read at all: always, unless the last one was read less than
  // the pace ago, or the vehicle is settled and was read a moment ago.
  bool WantsFrame(SteadyInstant time) const;
  // What was seen last waits for a second frame that says the same: even a frame with nothing new is wanted.
  bool WantsSecond() const { return wants_second_; }
  // A frame was read and held no plate.
  void AddNothing(SteadyInstant time);

 private:
  struct Vote {
    std::string text;
    double weight = 0;  // square of the confidence
    bool counts = false;
    SteadyInstant time;
  };
  struct Track {
    int64_t number = 0;
    Sighting last;
    double first_line_height_px = 0;
    SteadyInstant time;
    std::deque<Vote> votes;
    int agreeing = 0;  // sure sightings with the same text, one after the other
    double evidence_confidence = -1;
    SteadyInstant evidence_time{};
  };

  // The track of each sighting; new ones where there is none.
  std::vector<size_t> Assign(std::span<const Sighting> sightings, SteadyInstant time);
  std::optional<size_t> TrackOf(const Sighting& sighting, const std::vector<bool>& taken) const;
  void Count(Track& track, const Sighting& sighting, SteadyInstant time) const;
  Course CourseOf(const Track& track) const;
  size_t Choose(std::span<const Sighting> sightings, std::span<const size_t> tracks) const;
  bool IsConfirmed(const Track& track, const Sighting& sighting) const;

  static constexpr size_t kTracksMax = 16;
  static constexpr size_t kVotesMax = 40;

  TrackRules rules_;
  int64_t count_ = 0;
  std::vector<Track> tracks_;
  std::optional<int64_t> chosen_;  // number of the track that stood for the vehicle last
  std::optional<SteadyInstant> read_time_{};
  bool wants_second_ = false;
};

}  // namespace bordergate::camera
