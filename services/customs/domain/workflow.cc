#include "services/customs/domain/workflow.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "services/customs/domain/declaration.h"
#include "services/customs/domain/step_rules.h"

namespace bordergate::customs {
namespace {

constexpr size_t kStepsMax = 20;
constexpr std::string_view kCustomsRole = "ROLE_CUSTOMS";
// The agencies' roles. Nobody else has a part in clearing a trip.
constexpr std::string_view kStepRoles[] = {"ROLE_BORDER_GUARD", kCustomsRole, "ROLE_QUARANTINE",
                                           "ROLE_HEALTH", "ROLE_YARD_OPERATOR"};

bool IsStepId(std::string_view text) {
  return text.size() >= 2 && text.size() <= 40 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

using Before = std::map<std::string, std::vector<std::string>>;

Before BeforeOf(const Workflow& workflow) {
  Before before;
  for (const WorkflowStep& step : workflow.steps) before[step.step_id] = step.after;
  return before;
}

// Every step that has to be confirmed before this one, near and far.
std::set<std::string> AllBefore(const Before& before, const std::string& step_id) {
  std::set<std::string> found;
  std::vector<std::string> open = {step_id};
  while (!open.empty()) {
    const auto at = before.find(open.back());
    open.pop_back();
    if (at == before.end()) continue;
    for (const std::string& earlier : at->second) {
      if (found.insert(earlier).second) open.push_back(earlier);
    }
  }
  return found;
}

bool AppliesToEveryTrip(const WorkflowStep& step) { return step.regimes.empty() && !step.perishable_only; }

bool AppliesTo(const WorkflowStep& step, const Trip& trip) {
  const bool regime_fits = step.regimes.empty() || std::find(step.regimes.begin(), step.regimes.end(),
                                                             trip.regime) != step.regimes.end();
  return regime_fits && (!step.perishable_only || trip.perishable);
}

void CheckStep(const WorkflowStep& step, const std::string& path, const Before& before, FieldChecks& checks) {
  checks.Require(IsStepId(step.step_id), path + ".step_id", "STEP_ID_INVALID",
                 "must be 2 to 40 characters of a to z, digits and underscore, for example plant_quarantine");
  const bool known_role =
      std::find(std::begin(kStepRoles), std::end(kStepRoles), step.role) != std::end(kStepRoles);
  checks.Require(known_role, path + ".role", "STEP_ROLE_UNKNOWN",
                 fmt::format("must be one of {}", fmt::join(kStepRoles, ", ")));
  for (size_t i = 0; i < step.after.size(); ++i) {
    checks.Require(before.contains(step.after[i]), fmt::format("{}.after_step_ids[{}]", path, i),
                   "STEP_UNKNOWN", "must be the step_id of a step of this workflow");
  }
  for (size_t i = 0; i < step.regimes.size(); ++i) {
    checks.Require(step.regimes[i].has_value(), fmt::format("{}.regimes[{}]", path, i), "REGIME_UNKNOWN",
                   "must be one of the regimes");
  }
  checks.Text(path + ".title_vi", step.title_vi, {.length_min = 1, .length_max = 80});
  checks.Text(path + ".title_en", step.title_en, {.length_min = 1, .length_max = 80});
  checks.Text(path + ".title_zh", step.title_zh, {.length_min = 1, .length_max = 80});
}

}  // namespace

void CheckWorkflow(const Workflow& workflow, FieldChecks& checks) {
  checks.Require(IsGateId(workflow.gate_id), "gate_id", "GATE_ID_INVALID",
                 "must be 2 to 40 characters of a to z, digits and hyphen, for example huu-nghi");
  checks.Require(workflow.direction.has_value(), "direction", "FIELD_REQUIRED",
                 "must be DIRECTION_EXPORT or DIRECTION_IMPORT");
  const size_t count = workflow.steps.size();
  checks.Require(count >= 1 && count <= kStepsMax, "steps", "STEP_COUNT_INVALID",
                 fmt::format("must be 1 to {}; there are {}", kStepsMax, count));
  const Before before = BeforeOf(workflow);
  std::set<std::string_view> seen;
  for (size_t i = 0; i < std::min(count, kStepsMax); ++i) {
    const WorkflowStep& step = workflow.steps[i];
    const std::string path = fmt::format("steps[{}]", i);
    checks.Require(seen.insert(step.step_id).second, path + ".step_id", "STEP_REPEATED",
                   "must not be the step_id of an earlier step");
    CheckStep(step, path, before, checks);
    checks.Require(!AllBefore(before, step.step_id).contains(step.step_id), path + ".after_step_ids",
                   "WORKFLOW_HAS_CYCLE", "must not lead back to the step itself");
  }
  checks.Require(count == 0 || std::any_of(workflow.steps.begin(), workflow.steps.end(), AppliesToEveryTrip),
                 "steps", "WORKFLOW_MAY_BE_EMPTY",
                 "must hold a step that applies to every trip; a trip without a step would clear itself");
  checks.Text("reason", workflow.reason, {.length_min = 3, .length_max = 500});
}

void PutCustomsLast(Workflow& workflow) {
  for (WorkflowStep& customs : workflow.steps) {
    if (customs.role != kCustomsRole || !customs.after.empty()) continue;
    const Before before = BeforeOf(workflow);
    for (const WorkflowStep& other : workflow.steps) {
      const bool waits_for_it = AllBefore(before, other.step_id).contains(customs.step_id);
      if (other.role != kCustomsRole && !waits_for_it) customs.after.push_back(other.step_id);
    }
  }
}

std::vector<Step> StepsFor(const Workflow& workflow, const Trip& trip) {
  const Before before = BeforeOf(workflow);
  std::set<std::string> applying;
  for (const WorkflowStep& step : workflow.steps) {
    if (AppliesTo(step, trip)) applying.insert(step.step_id);
  }
  std::vector<Step> steps;
  for (const WorkflowStep& step : workflow.steps) {
    if (!applying.contains(step.step_id)) continue;
    // Steps that do not apply are seen through, again and again, to those that do.
    Before seen_through = before;
    for (const std::string& kept : applying) {
      if (kept != step.step_id) seen_through[kept].clear();
    }
    Step& part = steps.emplace_back();
    part.step_id = step.step_id;
    part.role = step.role;
    for (const std::string& earlier : AllBefore(seen_through, step.step_id)) {
      if (applying.contains(earlier)) part.after.push_back(earlier);
    }
  }
  OpenWhatIsFree(steps);
  return steps;
}

}  // namespace bordergate::customs
