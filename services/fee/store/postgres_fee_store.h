// FeeStore in PostgreSQL. Lives for one transaction.
#pragma once

#include "libs/db/postgres_store.h"
#include "services/fee/domain/fee_store.h"

namespace bordergate::fee {

class PostgresFeeStore final : public db::PostgresStore<FeeStore> {
 public:
  using PostgresStore::PostgresStore;

  Result<void> LockPricing(std::string_view gate_id) override;
  Result<Tariff> AddTariff(Tariff tariff) override;
  Result<std::optional<Tariff>> TariffInForce(std::string_view gate_id, Instant time) override;
  Result<PageOf<Tariff>> ListTariffs(std::string_view gate_id, const NumberPage& page) override;

  Result<void> AddUnpriced(const TripToPrice& trip) override;
  Result<void> RemoveUnpriced(const Id<Trip>& trip_id) override;
  Result<std::vector<TripToPrice>> ListUnpriced(std::string_view gate_id) override;
  Result<int64_t> CountUnpriced() override;

  Result<void> AddInvoice(const Invoice& invoice) override;
  Result<Invoice> FindInvoice(const Id<Invoice>& id) override;
  Result<Invoice> LockInvoice(const Id<Invoice>& id) override;
  Result<std::optional<Invoice>> LockInvoiceOfTrip(const Id<Trip>& trip_id) override;
  Result<void> SaveInvoice(const Invoice& invoice) override;
  Result<PageOf<Invoice>> ListInvoices(const InvoiceFilter& filter, const Page& page) override;

  Result<std::optional<Payment>> FindPayment(std::string_view bank_id,
                                             std::string_view bank_reference) override;
  Result<void> AddPayment(const Payment& payment) override;
  Result<PageOf<Payment>> ListPayments(std::optional<PaymentState> state, const Page& page) override;

  Result<void> AddTransfers(const std::vector<Transfer>& transfers, Instant now) override;
  Result<Balances> ReadBalances() override;
  Result<Totals> ReadTotals() override;

 private:
  Result<Tariff> WithLines(const db::Row& row);
  Result<std::vector<Invoice>> ToInvoices(const db::Rows& rows);
};

}  // namespace bordergate::fee
