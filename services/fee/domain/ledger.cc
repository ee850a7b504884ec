#include "services/fee/domain/ledger.h"

#include <numeric>

#include <fmt/format.h>

namespace bordergate::fee {
namespace {

int64_t At(const Balances& balances, Account account) { return balances.at(static_cast<size_t>(account)); }

}  // namespace

void Apply(const Transfer& transfer, Balances& balances) {
  balances.at(static_cast<size_t>(transfer.debit)) += transfer.amount_dong;
  balances.at(static_cast<size_t>(transfer.credit)) -= transfer.amount_dong;
}

std::vector<std::string> FindContradictions(const Balances& balances, const Totals& totals) {
  std::vector<std::string> found;
  const auto equal = [&](std::string_view what, int64_t one_dong, int64_t other_dong) {
    if (one_dong != other_dong) found.push_back(fmt::format("{}: {} and {}", what, one_dong, other_dong));
  };
  equal("accounts sum to zero", std::accumulate(balances.begin(), balances.end(), int64_t{0}), 0);
  equal("invoiced = paid + open + exempted + void", totals.invoiced,
        totals.paid + totals.open + totals.exempted + totals.voided);
  equal("revenue is what was invoiced", -At(balances, Account::kRevenue), totals.invoiced);
  equal("receivable is what is open", At(balances, Account::kReceivable), totals.open);
  equal("exempted", At(balances, Account::kExempted), totals.exempted);
  equal("void", At(balances, Account::kVoided), totals.voided);
  equal("owed back", -At(balances, Account::kRefundable), totals.refundable);
  equal("bank is what was received", At(balances, Account::kBank), totals.received);
  equal("suspense", -At(balances, Account::kSuspense), totals.suspended);
  equal("received = paid + owed back + suspense", totals.received,
        totals.paid + totals.refundable + totals.suspended);
  return found;
}

}  // namespace bordergate::fee
