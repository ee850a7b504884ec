// What one lane knows of the vehicles before it and of the opening under way.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/lane/domain/ballot.h"
#include "services/lane/domain/barrier.h"
#include "services/lane/domain/decision.h"
#include "services/lane/domain/moment.h"
#include "services/lane/domain/slip_read.h"
#include "services/lane/domain/tag_read.h"
#include "services/lane/domain/vehicle_tracker.h"

namespace bordergate::lane {

enum class LaneState {
  kIdle,         // nobody on the arming loop, arm down
  kIdentifying,  // a vehicle stands there; waiting for a read
  kAsking,       // an officer must decide
  kRefused,      // refused; waits until it leaves or an officer decides otherwise
  kOpening,      // the opening was decided; the arm is not up yet
  kPassing,      // the arm is up; the vehicle drives through
  kClosing,      // the vehicle has left; the arm is on its way down or waits until it may be lowered
  kFault,        // the hardware does not do what it was told, or its position is not known
};

std::string_view LaneStateName(LaneState state);

// One stay of one vehicle in the lane.
struct Session {
  std::string id;
  Moment arrive;
  SteadyInstant reads_from;  // frames before it show somebody else; the wall clock may be set meanwhile
  Ballot front;              // trucks' plates that the camera at the front saw
  Ballot rear;               // and that cameras saw at the rear
  Ballot beside;             // and that cameras of trailers saw
  Ballot trailers;           // trailers' plates, by whichever camera
  Ballot containers;         // containers' numbers, likewise
  std::vector<HeardTag> tags;
  std::set<std::string> against_only;   // keys of what was seen or heard of the vehicle before, too
  std::set<std::string> tracks;         // of further cameras that gave a read
  std::optional<SlipRead> slip;         // the last that was shown and is customs' word
  std::optional<SlipRead> faulty_slip;  // the last that is not; a forged one stays
  std::optional<SteadyInstant> first_read;
  std::optional<int> weight_kg;      // the last the scale showed stably while it waited
  std::optional<Decision> decision;  // the last one made for this vehicle
  int decision_count = 0;
  bool officer_refused = false;        // the officer's word stands: nothing opens by itself any more
  std::optional<Cause> needs_officer;  // something happened to this vehicle after which only an officer opens
  std::optional<Cause> unauthorised;   // it went in without a decision; why

  // Where a read of this vehicle is counted.
  Ballot& BallotOf(const PlateRead& read) {
    if (read.of == ReadOf::kTrailer) return trailers;
    if (read.of == ReadOf::kContainer) return containers;
    if (read.position == CameraPosition::kFront) return front;
    return read.position == CameraPosition::kRear ? rear : beside;
  }

  // True when a frame that comes now and was taken at `frame_time` shows this vehicle.
  bool Shows(Instant frame_time, Moment now) const {
    return now.steady - (now.wall - frame_time) >= reads_from;
  }
};

// From the decision to the passage. One at a time a lane.
struct Opening {
  enum class Stage {
    kRecording,  // on its way to the disk
    kSending,    // on disk; the pulse is being sent
    kRising,     // sent, or perhaps sent
    kUp,         // the upper switch has closed
  };
  Decision decision;
  VehicleNumber vehicle = 0;  // 0: not known yet which one, after a restart
  Stage stage = Stage::kRecording;
  bool watch_list_acknowledged = false;
  SteadyInstant decided_at;
  std::optional<Instant> sent_time;
  SteadyInstant up_at;
  Instant arrive_time;
  bool entered = false;
  bool noted_entered = false;  // what the next run is told
  bool resumed = false;        // taken over from the run before, or after a silence
  bool confirmed = false;      // of a resumed one: whoever waits is known to be its vehicle
};

// What the run before left behind, from the journal.
struct LaneMemory {
  std::optional<Decision> last_decision;
  struct OpenOne {
    Decision decision;
    Instant arrive_time;
    bool entered = false;  // its vehicle had gone under the arm
  };
  std::optional<OpenOne> opening;  // decided, and neither passed nor closed
  bool loops_unproved = false;     // a free loop did not mean that nobody was there
};

}  // namespace bordergate::lane
