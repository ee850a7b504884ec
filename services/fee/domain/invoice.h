// What one trip owes, and how that comes to be settled. Each verb changes the invoice and says what it moves
// in the ledger.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "services/fee/domain/ledger.h"
#include "services/fee/domain/price.h"

namespace bordergate::fee {

// Known to fee by their ids only.
struct Trip;
struct Enterprise;

enum class InvoiceState { kOpen, kPaid, kExempted, kVoid };

struct Invoice {
  Id<Invoice> id;
  Id<Trip> trip_id;
  Id<Enterprise> enterprise_id;
  std::string gate_id;
  std::vector<InvoiceLine> lines;
  int64_t amount_dong = 0;
  int64_t paid_dong = 0;
  int64_t refund_dong = 0;
  InvoiceState state = InvoiceState::kOpen;
  int tariff_version = 0;
  Instant issue_time;
  std::optional<Instant> settle_time;
  std::string exempt_reason;
};

// Fills an invoice from its price and issues it. Nothing owed is settled at once.
std::vector<Transfer> Issue(Invoice& invoice, const Price& price, Instant now);

// The exact amount arrived. The invoice is open.
std::vector<Transfer> Pay(Invoice& invoice, const Id<Payment>& payment_id, Instant now);

// Released from payment.
//   errors   INVOICE_NOT_OPEN
Result<std::vector<Transfer>> Exempt(Invoice& invoice, std::string_view reason, Instant now);

// The trip was cancelled: nothing is owed, and what had been paid is owed back. A void invoice stays void.
std::vector<Transfer> Void(Invoice& invoice);

// The trip crossed although it had been cancelled: the invoice stands again as it stood before.
std::vector<Transfer> Reinstate(Invoice& invoice);

}  // namespace bordergate::fee
