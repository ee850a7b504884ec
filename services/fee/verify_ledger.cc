#include "services/fee/verify_ledger.h"

#include <iostream>

namespace bordergate::fee {
namespace {

constexpr std::chrono::minutes kLookTime{5};

}  // namespace

int RunVerifyLedgerCommand(UnitOfWork<FeeStore>& fees, const Clock& clock) {
  Totals totals;
  std::vector<std::string> contradictions;
  const Result<void> looked = fees.Read(clock.SteadyNow() + kLookTime, [&](FeeStore& store) -> Result<void> {
    totals = BG_TRY(store.ReadTotals());
    contradictions = FindContradictions(BG_TRY(store.ReadBalances()), totals);
    return {};
  });
  if (!looked) {
    std::cerr << "verify-ledger: " << looked.error().message() << "\n";
    return 2;
  }
  for (const std::string& line : contradictions) std::cerr << "verify-ledger: " << line << "\n";
  if (!contradictions.empty()) return 1;
  std::cout << "ledger agrees: invoiced " << totals.invoiced << " = paid " << totals.paid << " + open "
            << totals.open << " + exempted " << totals.exempted << " + void " << totals.voided
            << "; suspense " << totals.suspended << ", owed back " << totals.refundable << " (dong)\n";
  return 0;
}

}  // namespace bordergate::fee
