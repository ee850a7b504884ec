// What the rules of fee need to load and save, in one transaction.
#pragma once

#include <optional>

#include "libs/core/paging.h"
#include "libs/core/unit_of_work.h"
#include "services/fee/domain/payment.h"

namespace bordergate::fee {

// A declared trip as fee needs to know it.
struct TripToPrice {
  Id<Trip> trip_id;
  Id<Enterprise> enterprise_id;
  std::string gate_id;
  Load load;
  Instant declare_time;
};

// Who looks: an enterprise sees its own, an officer what belongs to their gates.
struct Viewer {
  std::optional<Id<Enterprise>> enterprise_id;  // set for an enterprise
  std::vector<std::string> gate_ids;            // empty: all

  bool MaySee(const Invoice& invoice) const;
};

struct InvoiceFilter {
  Viewer viewer;
  std::string trip_id;  // empty: all
  std::optional<InvoiceState> state;
};

class FeeStore : public Store {
 public:
  // From here to the commit nobody else changes the gate's tariffs or its trips that wait for one.
  virtual Result<void> LockPricing(std::string_view gate_id) = 0;
  // Gives it the next version of its gate.
  virtual Result<Tariff> AddTariff(Tariff tariff) = 0;
  // The one with the latest effective time not after `time`; of several, the newest version.
  virtual Result<std::optional<Tariff>> TariffInForce(std::string_view gate_id, Instant time) = 0;
  // Newest first; of one gate, or of all.
  virtual Result<PageOf<Tariff>> ListTariffs(std::string_view gate_id, const NumberPage& page) = 0;

  // Trips that no tariff could price yet. Adding one that is there changes nothing.
  virtual Result<void> AddUnpriced(const TripToPrice& trip) = 0;
  virtual Result<void> RemoveUnpriced(const Id<Trip>& trip_id) = 0;
  virtual Result<std::vector<TripToPrice>> ListUnpriced(std::string_view gate_id) = 0;
  virtual Result<int64_t> CountUnpriced() = 0;

  virtual Result<void> AddInvoice(const Invoice& invoice) = 0;
  // errors   INVOICE_NOT_FOUND
  virtual Result<Invoice> FindInvoice(const Id<Invoice>& id) = 0;
  // Locks it until the transaction ends. errors   INVOICE_NOT_FOUND
  virtual Result<Invoice> LockInvoice(const Id<Invoice>& id) = 0;
  virtual Result<std::optional<Invoice>> LockInvoiceOfTrip(const Id<Trip>& trip_id) = 0;
  // State, money, settling; what it charges never changes.
  virtual Result<void> SaveInvoice(const Invoice& invoice) = 0;
  // Newest first.
  virtual Result<PageOf<Invoice>> ListInvoices(const InvoiceFilter& filter, const Page& page) = 0;

  virtual Result<std::optional<Payment>> FindPayment(std::string_view bank_id,
                                                     std::string_view bank_reference) = 0;
  // errors   CONFLICT (the same bank_reference at the same time: the transaction is run again)
  virtual Result<void> AddPayment(const Payment& payment) = 0;
  // Newest first.
  virtual Result<PageOf<Payment>> ListPayments(std::optional<PaymentState> state, const Page& page) = 0;

  virtual Result<void> AddTransfers(const std::vector<Transfer>& transfers, Instant now) = 0;
  virtual Result<Balances> ReadBalances() = 0;
  virtual Result<Totals> ReadTotals() = 0;
};

}  // namespace bordergate::fee
