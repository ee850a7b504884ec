// The verbs of fee: each loads, applies the rule, saves, moves the money in the ledger, and notes the events
// to tell. One FeeDesk a transaction; `Tell` comes last in it.
#pragma once

#include "services/fee/domain/fee_store.h"

namespace bordergate::fee {

// Turns what happened into the bytes that consumers read. Implemented where the proto is known (api/).
class EventBodies {
 public:
  virtual ~EventBodies() = default;
  virtual std::string Of(const Tariff& tariff) const = 0;
  virtual std::string Of(const Invoice& invoice) const = 0;
  virtual std::string Of(const Payment& payment) const = 0;
};

class FeeDesk {
 public:
  FeeDesk(FeeStore& store, const EventBodies& bodies, IdMaker& ids, Origin origin, Instant now)
      : store_(store), bodies_(bodies), ids_(ids), origin_(std::move(origin)), now_(now) {}

  // Makes a new version and issues the invoices of trips that waited for it.
  Result<Tariff> PutTariff(Tariff tariff);

  // A trip was declared: issues its one invoice, priced by the tariff in force when it was declared. Without
  // one the trip waits for a tariff; it is never free.
  Result<void> PriceTrip(const TripToPrice& trip);
  // A trip was cancelled: its invoice is void.
  Result<void> DropTrip(const Id<Trip>& trip_id);
  // A trip crossed: it owes, also when it had been cancelled before.
  Result<void> ChargeCrossedTrip(const TripToPrice& trip);

  //   errors   INVOICE_NOT_FOUND (also for one the viewer may not see), INVOICE_NOT_OPEN
  Result<Invoice> Release(const Id<Invoice>& id, const Viewer& viewer, std::string_view reason);

  // A verified notice. The exact amount of an open invoice settles it, everything else goes to suspense; a
  // bank_reference that is known gets its payment again.
  Result<Payment> Receive(const Notice& notice);

  // What is to be told, in order; empties the list.
  std::vector<NewEvent> TakeEvents() { return std::exchange(events_, {}); }
  // Appends it. Last in the transaction.
  Result<void> Tell();

 private:
  // Whether a tariff prices it.
  Result<bool> TryInvoice(const TripToPrice& trip);
  Result<void> Save(const Invoice& invoice, const std::vector<Transfer>& transfers, std::string_view kind);
  void Note(std::string_view kind, std::string body);

  FeeStore& store_;
  const EventBodies& bodies_;
  IdMaker& ids_;
  Origin origin_;
  Instant now_;
  std::vector<NewEvent> events_;
};

}  // namespace bordergate::fee
