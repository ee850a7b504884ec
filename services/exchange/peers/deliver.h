// The messages of one event, one for each partner whose agreement has a clause for its kind.
#pragma once

#include "libs/rpc/time.h"
#include "services/exchange/domain/exchange_store.h"
#include "services/exchange/peers/event_projection.h"

namespace bordergate::exchange {

//   service   the service the event came from, for example "lane"
template <class Event>
Result<void> Deliver(ExchangeStore& store, const std::string& service, const Event& event) {
  const std::string kind = service + "." + event.header().kind();
  const std::vector<Agreement> agreements = BG_TRY(store.CurrentAgreements());
  for (const Agreement& agreement : agreements) {
    const Clause* clause = agreement.FindClause(kind);
    if (clause == nullptr) continue;
    BG_TRY(store.AddMessage(agreement.partner_id, {.event_kind = kind,
                                                   .event_time = rpc::ToInstant(event.header().event_time()),
                                                   .agreement_version = agreement.version,
                                                   .payload = Project(event, clause->fields)}));
  }
  return {};
}

}  // namespace bordergate::exchange
