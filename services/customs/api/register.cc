#include "bordergate/customs/v1/customs_service.rpc.h"

#include "libs/core/event_source.h"
#include "libs/rpc/server.h"
#include "libs/rpc/watch.h"
#include "services/customs/api/customs_api.h"

namespace bordergate::customs {

void Register(rpc::Server& server, CustomsApi& api, EventSource& events) {
  namespace methods = v1::customs_service;
  server.Add<methods::DeclareTrip>(std::bind_front(&CustomsApi::DeclareTrip, &api));
  server.Add<methods::GetTrip>(std::bind_front(&CustomsApi::GetTrip, &api));
  server.Add<methods::GetSlip>(std::bind_front(&CustomsApi::GetSlip, &api));
  server.Add<methods::GetSlipPage>(std::bind_front(&CustomsApi::GetSlipPage, &api));
  server.Add<methods::ListTrips>(std::bind_front(&CustomsApi::ListTrips, &api));
  server.Add<methods::CancelTrip>(std::bind_front(&CustomsApi::CancelTrip, &api));
  server.Add<methods::ConfirmStep>(std::bind_front(&CustomsApi::ConfirmStep, &api));
  server.Add<methods::HoldStep>(std::bind_front(&CustomsApi::HoldStep, &api));
  server.Add<methods::ReleaseStep>(std::bind_front(&CustomsApi::ReleaseStep, &api));
  server.Add<methods::PutWorkflow>(std::bind_front(&CustomsApi::PutWorkflow, &api));
  server.Add<methods::ListWorkflows>(std::bind_front(&CustomsApi::ListWorkflows, &api));
  server.AddStream<methods::Watch>(
      [&events](const rpc::CallContext&, const v1::WatchRequest& request, auto& writer) {
        return rpc::ServeWatch<methods::Watch>(events, request, writer);
      });
}

}  // namespace bordergate::customs
