#include "services/yard/domain/holding_plan.h"

#include "services/yard/domain/yard.h"

namespace bordergate::yard {

void CheckHoldingPlan(const HoldingPlan& plan, FieldChecks& checks) {
  checks.Require(IsSlug(plan.gate_id), "gate_id", "GATE_ID_INVALID",
                 "must be 2 to 40 characters of a to z, digits and hyphen, for example huu-nghi");
  checks.Number("called_max", plan.called_max, 1, 500);
  checks.Number("call_valid_s", plan.call_valid.count(), 60, 86'400);
  checks.Number("perishable_of_ten", plan.perishable_of_ten, 0, 9);
  checks.Text("reason", plan.reason, {.length_min = 3, .length_max = 500});
}

}  // namespace bordergate::yard
