// What one lane is told of the transponders that are heard at it. A reader reports a tag many times a second;
// the lane is told the first time at once, then the strongest of every second. Bulk goods carry tags by the
// hundred: a lane is told of at most eight tags a second, the strongest first, so that the one on the
// windscreen is among them.
//
// Pure; one a lane and reader, one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/camera/domain/heard_tag.h"

namespace bordergate::camera {

// What the lane is told.
struct LaneTag {
  std::string tag_id;
  int rssi_cdbm = 0;  // 0 when it is not known
  Instant time;       // of its receipt
};

class TagPace {
 public:
  // Returns what is to be told at once.
  std::optional<LaneTag> Add(const LaneTag& tag, SteadyInstant now);
  // What has become due.
  std::vector<LaneTag> TakeDue(SteadyInstant now);
  // Something was heard and not told yet.
  bool waiting() const;
  // Tags that nobody was told of because there were too many, since the start.
  int64_t crowded_count() const { return crowded_count_; }

 private:
  struct Heard {
    SteadyInstant time;  // when last
    std::optional<SteadyInstant> told_time{};
    std::optional<LaneTag> strongest{};  // not told yet
    SteadyInstant strongest_time{};
  };
  static constexpr milliseconds kSpan{1000};
  static constexpr size_t kToldMax = 8;     // a span
  static constexpr size_t kHeardMax = 256;  // kept

  static bool IsDue(const Heard& heard, SteadyInstant now);
  bool MayTell(SteadyInstant now);
  LaneTag Tell(Heard& heard, SteadyInstant now);
  void Forget(SteadyInstant now);

  std::map<std::string, Heard> heard_;
  std::deque<SteadyInstant> told_;
  int64_t crowded_count_ = 0;
};

}  // namespace bordergate::camera
