// One vehicle through one lane.
#pragma once

#include <string>
#include <vector>

#include "libs/core/id.h"
#include "services/lane/domain/cause.h"
#include "services/lane/domain/checkpoint_rule.h"
#include "services/lane/domain/decision.h"

namespace bordergate::lane {

struct Passage {
  enum class Kind {
    kAutomatic,     // the lane decided to open
    kManual,        // an officer decided to open
    kUnauthorised,  // without a decision of its own; `remarks` says how
  };
  Id<Passage> id;  // "passage_01jd2x…"
  std::string lane_id;
  std::string gate_id;
  Direction direction = Direction::kExport;
  Kind kind = Kind::kUnauthorised;
  Id<Decision> decision_id;  // empty for kUnauthorised
  std::string session_id;
  std::string trip_id;
  std::string ticket_id;
  std::string plate;
  Instant arrive_time;
  std::optional<Instant> open_time;  // when the barrier was commanded
  Instant leave_time;
  std::string evidence_id;
  int weight_kg = 0;           // when it was let in; 0: not weighed
  std::vector<Cause> remarks;  // what was not as usual; at least one for kUnauthorised
};

}  // namespace bordergate::lane
