// How a step of the bench is judged: pictures of the inputs in, a finding out. Pure; time is an argument.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/lane/domain/barrier.h"
#include "services/lane/domain/bench_plan.h"

namespace bordergate::lane {

struct BenchTimes {
  milliseconds answer_max{100};    // of one request; the lanes poll as often
  milliseconds patience{120'000};  // a person needs no longer than this to get to a loop
  milliseconds settle{1'500};      // two inputs within this changed together; an input is quiet after it
  milliseconds travel_max{8'000};
  milliseconds hold{4'000};  // an arm that is to stay where it is is watched for so long
};

// Watches one step from its first picture to its finding.
class BenchWatch {
 public:
  virtual ~BenchWatch() = default;
  // Nothing: not decided yet. After a finding it is not asked again.
  virtual std::optional<BenchFinding> See(const BarrierInputs& inputs, SteadyInstant now) = 0;
  // What is awaited of the person, for the text: "press", "release" or "" (nothing).
  virtual std::string_view waits_for() const { return ""; }
};

// An input pressed and released: it, and no other one. Emergency also opens the arm.
std::unique_ptr<BenchWatch> WatchInput(BenchStep input, const BenchTimes& times);
// After a command: from one switch to the other.
std::unique_ptr<BenchWatch> WatchMotion(bool up, const BenchTimes& times);
// The safety loop becomes occupied with the arm up.
std::unique_ptr<BenchWatch> WatchOccupied(const BenchTimes& times);
// The arm stays up although it was told to come down, for as long as the loop is occupied.
std::unique_ptr<BenchWatch> WatchHold(const BenchTimes& times);
// The arm comes down, the safety loop sees something, the arm goes up again.
std::unique_ptr<BenchWatch> WatchReversal(const BenchTimes& times);
// The arm goes up and is stopped by hand before it is there.
std::unique_ptr<BenchWatch> WatchStop(const BenchTimes& times);

// Round trips in microseconds; nothing: no answer.
BenchFinding JudgeLink(const std::vector<std::optional<std::chrono::microseconds>>& trips,
                       const BenchTimes& times);
// How often the heartbeat that is read back has changed while it was written `beats` times.
BenchFinding JudgeHeartbeat(int changes, int beats);
// The switches against what a person sees.
BenchFinding JudgeRest(const BarrierInputs& inputs, bool is_down);
//   shown   "red_light" or "green_light"
//   seen    what a person saw on: any of the two
BenchFinding JudgeLight(const std::string& shown, const std::set<std::string>& seen);

BenchFinding Failed(std::string code, std::map<std::string, std::string> params = {});

}  // namespace bordergate::lane
