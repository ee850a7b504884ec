#include "services/fee/store/postgres_fee_store.h"

#include <map>

#include "libs/core/reasons.h"
#include "libs/db/text_array.h"
#include "services/fee/domain/reasons.h"
#include "services/fee/store/names.h"

namespace bordergate::fee {
namespace {

using db::NameOf;
using db::Row;
using db::Rows;
using db::ToArray;
using db::ValueOf;

Invoice ToInvoice(const Row& row) {
  return {.id = Id<Invoice>(row.Text("invoice_id")),
          .trip_id = Id<Trip>(row.Text("trip_id")),
          .enterprise_id = Id<Enterprise>(row.Text("enterprise_id")),
          .gate_id = row.Text("gate_id"),
          .amount_dong = row.Integer("amount_dong"),
          .paid_dong = row.Integer("paid_dong"),
          .refund_dong = row.Integer("refund_dong"),
          .state = ValueOf<InvoiceState>(kInvoiceStateNames, row.Text("state")),
          .tariff_version = static_cast<int>(row.Integer("tariff_version")),
          .issue_time = row.Time("issue_time"),
          .settle_time = row.OptionalTime("settle_time"),
          .exempt_reason = row.Text("exempt_reason")};
}

Payment ToPayment(const Row& row) {
  return {.id = Id<Payment>(row.Text("payment_id")),
          .invoice_id = row.Text("invoice_id"),
          .bank_id = row.Text("bank_id"),
          .bank_reference = row.Text("bank_reference"),
          .amount_dong = row.Integer("amount_dong"),
          .state = ValueOf<PaymentState>(kPaymentStateNames, row.Text("state")),
          .book_time = row.Time("book_time"),
          .receive_time = row.Time("receive_time")};
}

// Null for an id that is not there.
template <class Noun>
std::optional<std::string> OptionalId(const Id<Noun>& id) {
  if (id.empty()) return std::nullopt;
  return id.value();
}

}  // namespace

Result<void> PostgresFeeStore::AddInvoice(const Invoice& invoice) {
  BG_TRY(db::Stored(
      transaction().Execute(
          "INSERT INTO invoices (invoice_id, trip_id, enterprise_id, gate_id, amount_dong, paid_dong, "
          "refund_dong, "
          "state, tariff_version, issue_time, settle_time, exempt_reason) "
          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
          {invoice.id, invoice.trip_id, invoice.enterprise_id, invoice.gate_id, invoice.amount_dong,
           invoice.paid_dong, invoice.refund_dong, NameOf(kInvoiceStateNames, invoice.state),
           invoice.tariff_version, invoice.issue_time, invoice.settle_time, invoice.exempt_reason}),
      {{"invoices_trip", Error(kConflict, "the trip's invoice is being issued by somebody else")}}));
  for (size_t i = 0; i < invoice.lines.size(); ++i) {
    const InvoiceLine& line = invoice.lines[i];
    BG_TRY(transaction().Execute(
        "INSERT INTO invoice_lines (invoice_id, position, code, title_vi, permille, amount_dong) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        {invoice.id, static_cast<int64_t>(i), line.code, line.title_vi, line.permille, line.amount_dong}));
  }
  return {};
}

Result<std::vector<Invoice>> PostgresFeeStore::ToInvoices(const Rows& rows) {
  std::vector<Invoice> invoices;
  std::vector<std::string> ids;
  for (const Row row : rows) {
    invoices.push_back(ToInvoice(row));
    ids.push_back(invoices.back().id.value());
  }
  std::map<std::string, Invoice*, std::less<>> by_id;
  for (Invoice& invoice : invoices) by_id[invoice.id.value()] = &invoice;
  const Rows lines = BG_TRY(transaction().Execute(
      "SELECT * FROM invoice_lines WHERE invoice_id = ANY ($1::text[]) ORDER BY invoice_id, position",
      {ToArray(ids)}));
  for (const Row row : lines) {
    by_id[row.Text("invoice_id")]->lines.push_back(
        {row.Text("code"), row.Text("title_vi"), row.Integer("permille"), row.Integer("amount_dong")});
  }
  return invoices;
}

Result<Invoice> PostgresFeeStore::FindInvoice(const Id<Invoice>& id) {
  const Rows rows = BG_TRY(transaction().Execute("SELECT * FROM invoices WHERE invoice_id = $1", {id}));
  if (rows.empty()) return Error(kInvoiceNotFound, "there is no such invoice");
  return BG_TRY(ToInvoices(rows)).front();
}

Result<Invoice> PostgresFeeStore::LockInvoice(const Id<Invoice>& id) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM invoices WHERE invoice_id = $1 FOR UPDATE", {id}));
  if (rows.empty()) return Error(kInvoiceNotFound, "there is no such invoice");
  return BG_TRY(ToInvoices(rows)).front();
}

Result<std::optional<Invoice>> PostgresFeeStore::LockInvoiceOfTrip(const Id<Trip>& trip_id) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM invoices WHERE trip_id = $1 FOR UPDATE", {trip_id}));
  if (rows.empty()) return std::optional<Invoice>();
  return std::optional(BG_TRY(ToInvoices(rows)).front());
}

Result<void> PostgresFeeStore::SaveInvoice(const Invoice& invoice) {
  BG_TRY(
      transaction().Execute("UPDATE invoices SET state = $2, paid_dong = $3, refund_dong = $4, settle_time = "
                            "$5, exempt_reason = $6 "
                            "WHERE invoice_id = $1",
                            {invoice.id, NameOf(kInvoiceStateNames, invoice.state), invoice.paid_dong,
                             invoice.refund_dong, invoice.settle_time, invoice.exempt_reason}));
  return {};
}

Result<PageOf<Invoice>> PostgresFeeStore::ListInvoices(const InvoiceFilter& filter, const Page& page) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM invoices WHERE ($1::text IS NULL OR enterprise_id = $1) "
      "AND ($2::text[] = '{}' OR gate_id = ANY ($2::text[])) AND ($3 = '' OR trip_id = $3) "
      "AND ($4::text IS NULL OR state = $4) AND ($5 = '' OR invoice_id < $5) ORDER BY invoice_id DESC LIMIT "
      "$6",
      {filter.viewer.enterprise_id, ToArray(filter.viewer.gate_ids), filter.trip_id,
       OptionalNameOf(kInvoiceStateNames, filter.state), page.after, page.size + 1}));
  return CutPage(BG_TRY(ToInvoices(rows)), page, [](const Invoice& invoice) { return invoice.id.value(); });
}

Result<std::optional<Payment>> PostgresFeeStore::FindPayment(std::string_view bank_id,
                                                             std::string_view bank_reference) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM payments WHERE bank_id = $1 AND bank_reference = $2", {bank_id, bank_reference}));
  if (rows.empty()) return std::optional<Payment>();
  return std::optional(ToPayment(rows.front()));
}

Result<void> PostgresFeeStore::AddPayment(const Payment& payment) {
  return db::Stored(
      transaction().Execute(
          "INSERT INTO payments (payment_id, invoice_id, bank_id, bank_reference, amount_dong, state, "
          "book_time, "
          "receive_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
          {payment.id, payment.invoice_id, payment.bank_id, payment.bank_reference, payment.amount_dong,
           NameOf(kPaymentStateNames, payment.state), payment.book_time, payment.receive_time}),
      {{"payments_reference", Error(kConflict, "the same notice is being taken by somebody else")}});
}

Result<PageOf<Payment>> PostgresFeeStore::ListPayments(std::optional<PaymentState> state, const Page& page) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM payments WHERE ($1::text IS NULL OR state = $1) AND ($2 = '' OR payment_id < $2) "
      "ORDER BY payment_id DESC LIMIT $3",
      {OptionalNameOf(kPaymentStateNames, state), page.after, page.size + 1}));
  return db::ToPage<Payment>(rows, page, ToPayment,
                             [](const Payment& payment) { return payment.id.value(); });
}

Result<void> PostgresFeeStore::AddTransfers(const std::vector<Transfer>& transfers, Instant now) {
  for (const Transfer& transfer : transfers) {
    BG_TRY(transaction().Execute(
        "INSERT INTO ledger (kind, debit, credit, amount_dong, invoice_id, payment_id, transfer_time) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {transfer.kind, NameOf(kAccountNames, transfer.debit), NameOf(kAccountNames, transfer.credit),
         transfer.amount_dong, OptionalId(transfer.invoice_id), OptionalId(transfer.payment_id), now}));
  }
  return {};
}

Result<Balances> PostgresFeeStore::ReadBalances() {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT account, sum(amount_dong)::bigint AS balance FROM ("
                                   "SELECT debit AS account, amount_dong FROM ledger UNION ALL "
                                   "SELECT credit, -amount_dong FROM ledger) AS entries GROUP BY account"));
  Balances balances{};
  for (const Row row : rows) {
    balances.at(static_cast<size_t>(ValueOf<Account>(kAccountNames, row.Text("account")))) =
        row.Integer("balance");
  }
  return balances;
}

Result<Totals> PostgresFeeStore::ReadTotals() {
  const Row invoices =
      BG_TRY(transaction().Execute(
                 "SELECT coalesce(sum(amount_dong), 0)::bigint AS invoiced, "
                 "coalesce(sum(amount_dong) FILTER (WHERE state = 'open'), 0)::bigint AS open, "
                 "coalesce(sum(paid_dong) FILTER (WHERE state = 'paid'), 0)::bigint AS paid, "
                 "coalesce(sum(amount_dong) FILTER (WHERE state = 'exempted'), 0)::bigint AS exempted, "
                 "coalesce(sum(amount_dong) FILTER (WHERE state = 'void'), 0)::bigint AS voided, "
                 "coalesce(sum(refund_dong), 0)::bigint AS refundable FROM invoices"))
          .front();
  const Row payments =
      BG_TRY(transaction().Execute(
                 "SELECT coalesce(sum(amount_dong), 0)::bigint AS received, "
                 "coalesce(sum(amount_dong) FILTER (WHERE state = 'suspense'), 0)::bigint AS suspended "
                 "FROM payments"))
          .front();
  return Totals{.invoiced = invoices.Integer("invoiced"),
                .open = invoices.Integer("open"),
                .paid = invoices.Integer("paid"),
                .exempted = invoices.Integer("exempted"),
                .voided = invoices.Integer("voided"),
                .refundable = invoices.Integer("refundable"),
                .received = payments.Integer("received"),
                .suspended = payments.Integer("suspended")};
}

}  // namespace bordergate::fee
