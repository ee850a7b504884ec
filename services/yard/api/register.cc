#include "bordergate/yard/v1/yard_service.rpc.h"

#include "libs/core/event_source.h"
#include "libs/rpc/server.h"
#include "libs/rpc/watch.h"
#include "services/yard/api/yard_api.h"

namespace bordergate::yard {

void Register(rpc::Server& server, YardApi& api, EventSource& events) {
  namespace methods = v1::yard_service;
  server.Add<methods::PutYard>(std::bind_front(&YardApi::PutYard, &api));
  server.Add<methods::ListYards>(std::bind_front(&YardApi::ListYards, &api));
  server.Add<methods::PutHoldingPlan>(std::bind_front(&YardApi::PutHoldingPlan, &api));
  server.Add<methods::ListHoldingPlans>(std::bind_front(&YardApi::ListHoldingPlans, &api));
  server.Add<methods::CheckIn>(std::bind_front(&YardApi::CheckIn, &api));
  server.Add<methods::GetTicket>(std::bind_front(&YardApi::GetTicket, &api));
  server.Add<methods::ListTickets>(std::bind_front(&YardApi::ListTickets, &api));
  server.Add<methods::CallOutOfTurn>(std::bind_front(&YardApi::CallOutOfTurn, &api));
  server.AddStream<methods::Watch>(
      [&events](const rpc::CallContext&, const v1::WatchRequest& request, auto& writer) {
        return rpc::ServeWatch<methods::Watch>(events, request, writer);
      });
}

}  // namespace bordergate::yard
