// The handlers of YardService: from a request to a result. What each does, and its errors in order, stands in
// the proto.
#pragma once

#include "bordergate/yard/v1/yard_service.pb.h"

#include "libs/core/id.h"
#include "libs/rpc/call_context.h"
#include "services/yard/domain/gate_desk.h"

namespace bordergate::rpc {
class Server;
}
namespace bordergate {
class EventSource;
}

namespace bordergate::yard {

class YardApi {
 public:
  using Call = rpc::CallContext;

  YardApi(UnitOfWork<YardStore>& yards, const EventBodies& bodies, IdMaker& ids, const Clock& clock)
      : yards_(yards), bodies_(bodies), ids_(ids), clock_(clock) {}

  Result<v1::PutYardResponse> PutYard(const Call&, const v1::PutYardRequest&);
  Result<v1::ListYardsResponse> ListYards(const Call&, const v1::ListYardsRequest&);
  Result<v1::PutHoldingPlanResponse> PutHoldingPlan(const Call&, const v1::PutHoldingPlanRequest&);
  Result<v1::ListHoldingPlansResponse> ListHoldingPlans(const Call&, const v1::ListHoldingPlansRequest&);
  Result<v1::CheckInResponse> CheckIn(const Call&, const v1::CheckInRequest&);
  Result<v1::GetTicketResponse> GetTicket(const Call&, const v1::GetTicketRequest&);
  Result<v1::ListTicketsResponse> ListTickets(const Call&, const v1::ListTicketsRequest&);
  Result<v1::CallOutOfTurnResponse> CallOutOfTurn(const Call&, const v1::CallOutOfTurnRequest&);

 private:
  // Runs a verb once under its request id, with what it tells.
  template <class Response, class Request, class Verb>
  Result<Response> ChangeOrder(const Call& call, const Request& request, Verb verb);

  UnitOfWork<YardStore>& yards_;
  const EventBodies& bodies_;
  IdMaker& ids_;
  const Clock& clock_;
};

// Adds every RPC of YardService to a server.
void Register(rpc::Server& server, YardApi& api, EventSource& events);

}  // namespace bordergate::yard
