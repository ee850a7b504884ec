// What a decision was made of, read again from the journal. The other direction is BasisOf (domain/decide.h).
#pragma once

#include <optional>
#include <string>

#include "services/lane/domain/rule_trial.h"

namespace bordergate::lane {

// Fills facts, rule and `whole` of a past decision. False for a text that BasisOf of no version has made.
bool ReadBasis(const std::string& basis, PastDecision& decision);

}  // namespace bordergate::lane
