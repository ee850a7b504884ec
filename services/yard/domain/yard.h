// A holding yard.
#pragma once

#include <string>

#include "libs/core/field_checks.h"
#include "libs/core/id.h"

namespace bordergate::yard {

struct Yard {
  Id<Yard> id;  // chosen by the management centre: "xuan-cuong"
  std::string gate_id;
  std::string title;
  int slot_count = 0;
  int occupied_count = 0;  // trucks inside: waiting or called
};

// Adds every fault of what the management centre fills in. Field names are those of PutYardRequest.
//   reasons  YARD_ID_INVALID, GATE_ID_INVALID, those of FieldChecks
void CheckYard(const Yard& yard, FieldChecks& checks);

// 2 to 40 characters of a to z, digits and hyphen.
bool IsSlug(std::string_view text);

}  // namespace bordergate::yard
