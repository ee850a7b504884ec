// The steps of a gate, as data: versioned, with an author and a reason. Nothing of a gate's procedure is
// code.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/field_checks.h"
#include "services/customs/domain/trip.h"

namespace bordergate::customs {

struct WorkflowStep {
  std::string step_id;
  std::string role;  // "ROLE_QUARANTINE"
  std::vector<std::string> after;
  std::string title_vi;
  std::string title_en;
  std::string title_zh;
  std::vector<std::optional<Regime>> regimes;  // empty: all; each set in a checked workflow
  bool perishable_only = false;
};

struct Workflow {
  std::string gate_id;
  std::optional<Direction> direction;  // always set in a checked workflow
  int version = 0;
  std::vector<WorkflowStep> steps;
  std::string author;
  std::string reason;
  Instant create_time;
};

// Adds every fault of what the management centre fills in. Field names are those of PutWorkflowRequest.
//   reasons  GATE_ID_INVALID, FIELD_REQUIRED, STEP_COUNT_INVALID, STEP_ID_INVALID, STEP_REPEATED,
//            STEP_ROLE_UNKNOWN, STEP_UNKNOWN, REGIME_UNKNOWN, WORKFLOW_HAS_CYCLE, WORKFLOW_MAY_BE_EMPTY,
//            those of FieldChecks::Text
void CheckWorkflow(const Workflow& workflow, FieldChecks& checks);

// Customs confirms last unless the workflow says otherwise: a step of customs that names no step before it is
// put after every step that does not itself wait for it.
//   source   the design of Quảng Ninh's gate: customs releases goods after all other forces have finished
void PutCustomsLast(Workflow& workflow);

// The steps a trip has to take: those that apply to its regime and goods, none acted on yet. A step that
// waits for one that does not apply waits for what that one waits for.
//   trip     checked; `perishable` set
std::vector<Step> StepsFor(const Workflow& workflow, const Trip& trip);

}  // namespace bordergate::customs
