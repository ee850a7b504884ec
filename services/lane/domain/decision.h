// What was decided for one vehicle before one barrier, and why.
#pragma once

#include <string>
#include <vector>

#include "libs/core/id.h"
#include "services/lane/domain/cause.h"

namespace bordergate::lane {

enum class Outcome {
  kOpen,    // the barrier opens
  kAsk,     // an officer must decide
  kRefuse,  // the vehicle must not pass
};

// What Decide says: an outcome with its causes, the most important first.
struct Verdict {
  Outcome outcome = Outcome::kRefuse;
  std::vector<Cause> causes;

  bool operator==(const Verdict&) const = default;
};

struct Decision {
  Id<Decision> id;  // "decision_01jd2x…"
  std::string lane_id;
  std::string session_id;  // one stay of one vehicle on the arming loop
  Verdict verdict;
  std::string plate;      // normalised; empty when none was read
  double confidence = 0;  // 0 to 1
  std::string trip_id;
  std::string ticket_id;
  std::string decided_by = "lane";  // or the officer's subject id
  std::string decided_by_name;
  Instant decide_time;
  Instant expire_time;  // the pulse is never sent after it
  std::string evidence_id;
  std::vector<float> plate_corners;
  int rule_version = 0;
  std::string remark;
  int weight_kg = 0;           // as the scale showed it stably; 0: not weighed
  int expected_weight_kg = 0;  // of a trip that is declared empty; 0: not known, or another trip
  std::string trace_id;        // of an officer's order; empty otherwise
  std::string basis;           // the facts it was made of, as JSON, for replay

  bool by_lane() const { return decided_by == "lane"; }
};

}  // namespace bordergate::lane
