// The command `fee verify-ledger`: whether ledger, invoices and payments agree to the đồng.
#pragma once

#include "services/fee/domain/fee_store.h"

namespace bordergate::fee {

// Prints one line, or one a contradiction; returns the exit code: 0, 1 when they disagree, 2 when it cannot
// look.
int RunVerifyLedgerCommand(UnitOfWork<FeeStore>& fees, const Clock& clock);

}  // namespace bordergate::fee
