// The double-entry ledger. One row moves an amount from one account to another, so the accounts always sum to
// zero; rows are added and never changed.
//
//   invoiced = paid + open + exempted + void, to the đồng, at any moment
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "libs/core/id.h"

namespace bordergate::fee {

struct Invoice;
struct Payment;

enum class Account {
  kReceivable,  // what enterprises owe
  kRevenue,     // what was invoiced (credit)
  kBank,        // money banks reported
  kSuspense,    // of it, money nobody owes us: kept apart (credit)
  kExempted,    // released from payment
  kVoided,      // invoices of cancelled trips
  kRefundable,  // of them, what had been paid and is owed back (credit)
};
inline constexpr size_t kAccountCount = 7;

// What the rows of the ledger are called; part of the data.
struct Transfer {
  std::string kind;  // "issued", "paid", "suspended", "exempted", "voided", "reinstated"
  Account debit = Account::kReceivable;
  Account credit = Account::kRevenue;
  int64_t amount_dong = 0;  // at least 1
  Id<Invoice> invoice_id;   // empty for suspense
  Id<Payment> payment_id;   // empty unless money arrived
};

// Debits minus credits of each account.
using Balances = std::array<int64_t, kAccountCount>;

void Apply(const Transfer& transfer, Balances& balances);

// What the invoices and payments themselves say, in đồng.
struct Totals {
  int64_t invoiced = 0;  // all invoices
  int64_t open = 0;
  int64_t paid = 0;
  int64_t exempted = 0;
  int64_t voided = 0;
  int64_t refundable = 0;
  int64_t received = 0;   // all payments
  int64_t suspended = 0;  // payments in suspense
};

// Every way in which the ledger, the invoices and the payments contradict each other; empty when all is well.
std::vector<std::string> FindContradictions(const Balances& balances, const Totals& totals);

}  // namespace bordergate::fee
