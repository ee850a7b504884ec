// The command `yard verify-order`: whether every gate's order log is whole and fair.
#pragma once

#include "services/yard/domain/yard_store.h"

namespace bordergate::yard {

// Checks one gate: the chain of digests, the rule, and that the log ends where the gate says it does.
//   result   what is wrong first; nothing when all is in order
Result<std::optional<std::string>> VerifyOrder(UnitOfWork<YardStore>& yards, const std::string& gate_id,
                                               const Clock& clock);

// Every gate: prints one line each; returns the exit code: 0, 1 when one is not in order, 2 when it cannot
// look.
int RunVerifyOrderCommand(UnitOfWork<YardStore>& yards, const Clock& clock);

}  // namespace bordergate::yard
