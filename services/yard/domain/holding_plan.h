// The published rule by which a gate calls trucks, as data: versioned, with an author and a reason.
#pragma once

#include <string>

#include "libs/core/clock.h"
#include "libs/core/field_checks.h"

namespace bordergate::yard {

// Without a plan (version 0) nobody is called in turn.
struct HoldingPlan {
  std::string gate_id;
  int version = 0;
  int called_max = 0;
  seconds call_valid{1800};
  int perishable_of_ten = 0;
  bool cleared_only = true;
  bool fee_settled_only = true;
  std::string author;
  std::string reason;
  Instant create_time;
};

// Adds every fault of what the management centre fills in. Field names are those of PutHoldingPlanRequest.
//   reasons  GATE_ID_INVALID, those of FieldChecks
void CheckHoldingPlan(const HoldingPlan& plan, FieldChecks& checks);

}  // namespace bordergate::yard
