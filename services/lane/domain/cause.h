// One reason in a list: a stable code of reasons.h and the values for its text.
#pragma once

#include <map>
#include <string>

namespace bordergate::lane {

struct Cause {
  std::string code;                           // "STEP_NOT_CONFIRMED"
  std::map<std::string, std::string> params;  // {"step_id", "plant_quarantine"}

  bool operator==(const Cause&) const = default;
};

}  // namespace bordergate::lane
