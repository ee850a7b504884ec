// A dry run: what a proposed rule would have decided on vehicles that were decided on already.
//
// A decision is made anew from the facts it was made of, by its own rule and by the proposed one; only what
// differs between these two is due to the rule. Of each stay of a vehicle the lane's last decision counts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/core/result.h"
#include "services/lane/domain/decide.h"

namespace bordergate::lane {

// One decision of the past, by the lane itself.
struct PastDecision {
  std::string decision_id;
  std::string lane_id;
  std::string session_id;
  Instant decide_time;
  Facts facts;
  CheckpointRule rule;  // as it was in force
  bool whole = true;    // false: kept by a version that did not note permits and stays
};

// The journal as a dry run reads it. Safe for use by several threads.
class DecisionArchive {
 public:
  struct Kept {
    int64_t sequence = 0;
    std::string body;                     // the event as consumers read it
    std::optional<PastDecision> made_of;  // facts and rule; nothing when what it was made of cannot be read
  };
  virtual ~DecisionArchive() = default;
  // Decisions of a span of time after a sequence, in order.
  //   errors   JOURNAL_UNAVAILABLE
  virtual Result<std::vector<Kept>> ReadDecisions(Instant begin, Instant end, int64_t after_sequence,
                                                  int count_max) = 0;
};

struct RuleTrial {
  struct Example {
    std::string decision_id, lane_id, plate;
    Instant decide_time;
    Verdict was, would;
  };
  int vehicles = 0;  // that were looked at
  int unknown = 0;   // of these: the proposed rule asks what was not noted
  int otherwise = 0;
  std::map<std::pair<Outcome, Outcome>, int> changes;  // was, would
  std::vector<Example> examples;                       // the newest, at most 20
};

// Takes decisions in the order in which they were made. Not safe for use by several threads.
class RuleTrialRun {
 public:
  explicit RuleTrialRun(CheckpointRule proposed) : proposed_(std::move(proposed)) {}
  void Add(PastDecision decision);
  RuleTrial Done() &&;

 private:
  const CheckpointRule proposed_;
  std::map<std::string, PastDecision> last_;  // by lane and session
};

}  // namespace bordergate::lane
