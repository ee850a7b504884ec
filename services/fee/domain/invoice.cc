#include "services/fee/domain/invoice.h"

#include "libs/core/check.h"
#include "services/fee/domain/reasons.h"

namespace bordergate::fee {
namespace {

// Nothing is moved for an invoice of 0 đồng.
std::vector<Transfer> Move(const Invoice& invoice, std::string kind, Account debit, Account credit,
                           const Id<Payment>& payment_id = {}) {
  if (invoice.amount_dong == 0) return {};
  return {{std::move(kind), debit, credit, invoice.amount_dong, invoice.id, payment_id}};
}

// Where the amount of an invoice lies that is not void: owed, owed back if it were voided, or exempted.
Account HeldIn(InvoiceState state) {
  switch (state) {
    case InvoiceState::kOpen:
      return Account::kReceivable;
    case InvoiceState::kPaid:
      return Account::kRefundable;
    case InvoiceState::kExempted:
      return Account::kExempted;
    case InvoiceState::kVoid:
      break;
  }
  BG_CHECK(false, "a void invoice holds nothing");
}

InvoiceState StateBeforeVoid(const Invoice& invoice) {
  if (!invoice.exempt_reason.empty()) return InvoiceState::kExempted;
  return invoice.settle_time ? InvoiceState::kPaid : InvoiceState::kOpen;
}

}  // namespace

std::vector<Transfer> Issue(Invoice& invoice, const Price& price, Instant now) {
  invoice.lines = price.lines;
  invoice.amount_dong = price.amount_dong;
  invoice.tariff_version = price.tariff_version;
  invoice.issue_time = now;
  if (invoice.amount_dong == 0) {
    invoice.state = InvoiceState::kPaid;
    invoice.settle_time = now;
  }
  return Move(invoice, "issued", Account::kReceivable, Account::kRevenue);
}

std::vector<Transfer> Pay(Invoice& invoice, const Id<Payment>& payment_id, Instant now) {
  BG_CHECK(invoice.state == InvoiceState::kOpen, "only open invoices are paid; other money goes to suspense");
  invoice.state = InvoiceState::kPaid;
  invoice.paid_dong = invoice.amount_dong;
  invoice.settle_time = now;
  return Move(invoice, "paid", Account::kBank, Account::kReceivable, payment_id);
}

Result<std::vector<Transfer>> Exempt(Invoice& invoice, std::string_view reason, Instant now) {
  if (invoice.state != InvoiceState::kOpen) return Error(kInvoiceNotOpen, "the invoice is not open");
  invoice.state = InvoiceState::kExempted;
  invoice.exempt_reason = reason;
  invoice.settle_time = now;
  return Move(invoice, "exempted", Account::kExempted, Account::kReceivable);
}

std::vector<Transfer> Void(Invoice& invoice) {
  if (invoice.state == InvoiceState::kVoid) return {};
  const Account held_in = HeldIn(invoice.state);
  invoice.state = InvoiceState::kVoid;
  invoice.refund_dong = invoice.paid_dong;
  return Move(invoice, "voided", Account::kVoided, held_in);
}

std::vector<Transfer> Reinstate(Invoice& invoice) {
  if (invoice.state != InvoiceState::kVoid) return {};
  invoice.state = StateBeforeVoid(invoice);
  invoice.refund_dong = 0;
  return Move(invoice, "reinstated", HeldIn(invoice.state), Account::kVoided);
}

}  // namespace bordergate::fee
