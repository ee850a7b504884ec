#include "services/fee/domain/fee_desk.h"

#include <algorithm>

#include "services/fee/domain/reasons.h"

namespace bordergate::fee {
namespace {

// The event that says what an invoice is now.
std::string_view KindOf(InvoiceState state) {
  switch (state) {
    case InvoiceState::kOpen:
      return "invoice.issued";
    case InvoiceState::kPaid:
      return "invoice.paid";
    case InvoiceState::kExempted:
      return "invoice.exempted";
    case InvoiceState::kVoid:
      break;
  }
  return "invoice.voided";
}

}  // namespace

bool Viewer::MaySee(const Invoice& invoice) const {
  if (enterprise_id) return invoice.enterprise_id == *enterprise_id;
  return gate_ids.empty() || std::find(gate_ids.begin(), gate_ids.end(), invoice.gate_id) != gate_ids.end();
}

Result<Tariff> FeeDesk::PutTariff(Tariff tariff) {
  BG_TRY(store_.LockPricing(tariff.gate_id));
  tariff.create_time = now_;
  Tariff kept = BG_TRY(store_.AddTariff(std::move(tariff)));
  Note("tariff.put", bodies_.Of(kept));
  const std::vector<TripToPrice> waiting = BG_TRY(store_.ListUnpriced(kept.gate_id));
  for (const TripToPrice& trip : waiting) {
    if (BG_TRY(TryInvoice(trip))) BG_TRY(store_.RemoveUnpriced(trip.trip_id));
  }
  return kept;
}

Result<void> FeeDesk::PriceTrip(const TripToPrice& trip) {
  if (BG_TRY(TryInvoice(trip))) return {};
  // A tariff may have been put since: looked at again under the lock, so that no trip waits for one that is
  // there.
  BG_TRY(store_.LockPricing(trip.gate_id));
  if (BG_TRY(TryInvoice(trip))) return {};
  return store_.AddUnpriced(trip);
}

Result<void> FeeDesk::DropTrip(const Id<Trip>& trip_id) {
  BG_TRY(store_.RemoveUnpriced(trip_id));
  std::optional<Invoice> invoice = BG_TRY(store_.LockInvoiceOfTrip(trip_id));
  if (!invoice || invoice->state == InvoiceState::kVoid) return {};
  const std::vector<Transfer> transfers = Void(*invoice);
  return Save(*invoice, transfers, "invoice.voided");
}

Result<void> FeeDesk::ChargeCrossedTrip(const TripToPrice& trip) {
  std::optional<Invoice> invoice = BG_TRY(store_.LockInvoiceOfTrip(trip.trip_id));
  if (!invoice) return PriceTrip(trip);
  if (invoice->state != InvoiceState::kVoid) return {};
  const std::vector<Transfer> transfers = Reinstate(*invoice);
  return Save(*invoice, transfers, KindOf(invoice->state));
}

Result<Invoice> FeeDesk::Release(const Id<Invoice>& id, const Viewer& viewer, std::string_view reason) {
  Invoice invoice = BG_TRY(store_.LockInvoice(id));
  if (!viewer.MaySee(invoice)) return Error(kInvoiceNotFound, "there is no such invoice");
  const std::vector<Transfer> transfers = BG_TRY(Exempt(invoice, reason, now_));
  BG_TRY(Save(invoice, transfers, "invoice.exempted"));
  return invoice;
}

Result<Payment> FeeDesk::Receive(const Notice& notice) {
  if (auto known = BG_TRY(store_.FindPayment(notice.bank_id, notice.bank_reference)))
    return *std::move(known);
  Payment payment{.id = ids_.New<Payment>("payment"),
                  .invoice_id = notice.invoice_id,
                  .bank_id = notice.bank_id,
                  .bank_reference = notice.bank_reference,
                  .amount_dong = notice.amount_dong,
                  .book_time = *notice.book_time,
                  .receive_time = now_};
  Result<Invoice> invoice = store_.LockInvoice(Id<Invoice>(notice.invoice_id));
  if (!invoice && !invoice.error().Is(kInvoiceNotFound)) return invoice.error();
  const bool settles =
      invoice && invoice->state == InvoiceState::kOpen && invoice->amount_dong == notice.amount_dong;
  payment.state = settles ? PaymentState::kApplied : PaymentState::kSuspense;
  BG_TRY(store_.AddPayment(payment));
  if (settles) {
    Note("payment.received", bodies_.Of(payment));
    const std::vector<Transfer> transfers = Pay(*invoice, payment.id, now_);
    BG_TRY(Save(*invoice, transfers, "invoice.paid"));
  } else {
    Note("payment.suspended", bodies_.Of(payment));
    BG_TRY(store_.AddTransfers(
        {{"suspended", Account::kBank, Account::kSuspense, payment.amount_dong, {}, payment.id}}, now_));
  }
  return payment;
}

Result<void> FeeDesk::Tell() {
  for (const NewEvent& event : TakeEvents()) BG_TRY(store_.Append(event));
  return {};
}

Result<bool> FeeDesk::TryInvoice(const TripToPrice& trip) {
  const std::optional<Tariff> tariff = BG_TRY(store_.TariffInForce(trip.gate_id, trip.declare_time));
  if (!tariff) return false;
  const Result<Price> price = PriceOf(*tariff, trip.load);
  if (!price) return false;
  Invoice invoice{.id = ids_.New<Invoice>("invoice"),
                  .trip_id = trip.trip_id,
                  .enterprise_id = trip.enterprise_id,
                  .gate_id = trip.gate_id};
  const std::vector<Transfer> transfers = Issue(invoice, *price, now_);
  BG_TRY(store_.AddInvoice(invoice));
  BG_TRY(store_.AddTransfers(transfers, now_));
  Note("invoice.issued", bodies_.Of(invoice));
  if (invoice.state == InvoiceState::kPaid) Note("invoice.paid", bodies_.Of(invoice));
  return true;
}

Result<void> FeeDesk::Save(const Invoice& invoice, const std::vector<Transfer>& transfers,
                           std::string_view kind) {
  BG_TRY(store_.SaveInvoice(invoice));
  BG_TRY(store_.AddTransfers(transfers, now_));
  Note(kind, bodies_.Of(invoice));
  return {};
}

void FeeDesk::Note(std::string_view kind, std::string body) {
  events_.push_back({std::string(kind), origin_.actor, origin_.trace_id, std::move(body)});
}

}  // namespace bordergate::fee
