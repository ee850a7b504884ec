// The handlers of CustomsService: from a request to a result. What each does, and its errors in order, stands
// in the proto.
#pragma once

#include "bordergate/customs/v1/customs_service.pb.h"

#include "libs/core/id.h"
#include "libs/rpc/call_context.h"
#include "services/customs/domain/slip_desk.h"
#include "services/customs/domain/trip_desk.h"
#include "services/customs/domain/vehicle_register.h"

namespace bordergate::rpc {
class Server;
}
namespace bordergate {
class EventSource;
}

namespace bordergate::customs {

class CustomsApi {
 public:
  using Call = rpc::CallContext;
  // The vehicle service, asked on behalf of a call's caller.
  using RegisterFor = std::function<std::unique_ptr<VehicleRegister>(const Call&)>;

  // How slips are made.
  struct Slips {
    SlipKey key;
    PrintSlip print;
  };

  CustomsApi(UnitOfWork<TripStore>& trips, const EventBodies& bodies, RegisterFor register_for, Slips slips,
             IdMaker& ids, const Clock& clock)
      : trips_(trips),
        bodies_(bodies),
        register_for_(std::move(register_for)),
        slips_(std::move(slips)),
        ids_(ids),
        clock_(clock) {}

  Result<v1::DeclareTripResponse> DeclareTrip(const Call&, const v1::DeclareTripRequest&);
  Result<v1::GetTripResponse> GetTrip(const Call&, const v1::GetTripRequest&);
  Result<v1::GetSlipResponse> GetSlip(const Call&, const v1::GetSlipRequest&);
  Result<v1::GetSlipPageResponse> GetSlipPage(const Call&, const v1::GetSlipPageRequest&);
  Result<v1::ListTripsResponse> ListTrips(const Call&, const v1::ListTripsRequest&);
  Result<v1::CancelTripResponse> CancelTrip(const Call&, const v1::CancelTripRequest&);
  Result<v1::ConfirmStepResponse> ConfirmStep(const Call&, const v1::ConfirmStepRequest&);
  Result<v1::HoldStepResponse> HoldStep(const Call&, const v1::HoldStepRequest&);
  Result<v1::ReleaseStepResponse> ReleaseStep(const Call&, const v1::ReleaseStepRequest&);
  Result<v1::PutWorkflowResponse> PutWorkflow(const Call&, const v1::PutWorkflowRequest&);
  Result<v1::ListWorkflowsResponse> ListWorkflows(const Call&, const v1::ListWorkflowsRequest&);

 private:
  // Runs a verb once under its request id; the answer is the trip as the caller may see it.
  template <class Response, class Request, class Verb>
  Result<Response> ChangeTrip(const Call& call, const Request& request, Verb verb);

  Result<SignedSlip> SlipOf(const Call& call, const std::string& trip_id);

  UnitOfWork<TripStore>& trips_;
  const EventBodies& bodies_;
  RegisterFor register_for_;
  const Slips slips_;
  IdMaker& ids_;
  const Clock& clock_;
};

// Adds every RPC of CustomsService to a server.
void Register(rpc::Server& server, CustomsApi& api, EventSource& events);

}  // namespace bordergate::customs
