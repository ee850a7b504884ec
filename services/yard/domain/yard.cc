#include "services/yard/domain/yard.h"

namespace bordergate::yard {

bool IsSlug(std::string_view text) {
  return text.size() >= 2 && text.size() <= 40 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

void CheckYard(const Yard& yard, FieldChecks& checks) {
  checks.Require(IsSlug(yard.id.value()), "yard_id", "YARD_ID_INVALID",
                 "must be 2 to 40 characters of a to z, digits and hyphen, for example xuan-cuong");
  checks.Require(IsSlug(yard.gate_id), "gate_id", "GATE_ID_INVALID",
                 "must be 2 to 40 characters of a to z, digits and hyphen, for example huu-nghi");
  checks.Text("title", yard.title, {.length_min = 1, .length_max = 120});
  checks.Number("slot_count", yard.slot_count, 1, 10'000);
}

}  // namespace bordergate::yard
