#include "services/customs/api/customs_api.h"

#include "libs/core/reasons.h"
#include "libs/rpc/enums.h"
#include "libs/rpc/once.h"
#include "services/customs/api/convert.h"
#include "services/customs/domain/declaration.h"
#include "services/customs/domain/reasons.h"

namespace bordergate::customs {
namespace {

using rpc::RunOnce;

Result<void> CheckReason(std::string_view reason) {
  FieldChecks checks;
  checks.Text("reason", reason, {.length_min = 3, .length_max = 500});
  return checks.Done();
}

v1::Trip Shown(Trip trip, const Viewer& viewer) {
  HideFrom(viewer, trip);
  return ToProto(trip);
}

}  // namespace

template <class Response, class Request, class Verb>
Result<Response> CustomsApi::ChangeTrip(const Call& call, const Request& request, Verb verb) {
  const Viewer viewer = ToViewer(call.caller);
  return RunOnce<Response>(trips_, call, request, [&](TripStore& store) -> Result<Response> {
    TripDesk desk(store, bodies_, call.origin(), clock_.Now());
    Response response;
    *response.mutable_trip() = Shown(BG_TRY(verb(desk, viewer)), viewer);
    BG_TRY(desk.Tell());
    return response;
  });
}

Result<v1::DeclareTripResponse> CustomsApi::DeclareTrip(const Call& call,
                                                        const v1::DeclareTripRequest& request) {
  Trip form = FromProto(request);
  form.enterprise_id = Id<Enterprise>(call.caller.enterprise_id);
  FieldChecks checks;
  CheckDeclaration(form, clock_.Now(), checks);
  BG_TRY(checks.Done());
  // Asked before the transaction begins, so that none waits for another service. What was answered counts in
  // its place among the errors; a repeat gets its first answer also while vehicle is down.
  const std::unique_ptr<VehicleRegister> vehicles = register_for_(call);
  const Result<Id<Vehicle>> vehicle = vehicles->FindVehicle(form.plate);
  const Result<void> driver = vehicle ? vehicles->FindDriver(form.driver_id) : Result<void>();

  if (request.validate_only()) {
    v1::DeclareTripResponse response;
    BG_TRY(trips_.Read(call.deadline, [&](TripStore& store) -> Result<void> {
      TripDesk desk(store, bodies_, call.origin(), clock_.Now());
      *response.mutable_trip() = ToProto(BG_TRY(desk.Draft(form, vehicle, driver)));
      return {};
    }));
    return response;
  }
  form.id = ids_.New<Trip>("trip");
  return ChangeTrip<v1::DeclareTripResponse>(call, request,
                                             [&](TripDesk& desk, const Viewer&) -> Result<Trip> {
                                               Trip trip = BG_TRY(desk.Draft(form, vehicle, driver));
                                               BG_TRY(desk.Declare(trip));
                                               return trip;
                                             });
}

Result<v1::GetTripResponse> CustomsApi::GetTrip(const Call& call, const v1::GetTripRequest& request) {
  const Viewer viewer = ToViewer(call.caller);
  v1::GetTripResponse response;
  BG_TRY(trips_.Read(call.deadline, [&](TripStore& store) -> Result<void> {
    const Trip trip = BG_TRY(store.FindTrip(Id<Trip>(request.trip_id())));
    if (!viewer.MaySee(trip)) return Error(kTripNotFound, "there is no such trip");
    *response.mutable_trip() = Shown(trip, viewer);
    return {};
  }));
  return response;
}

Result<SignedSlip> CustomsApi::SlipOf(const Call& call, const std::string& trip_id) {
  const Viewer viewer = ToViewer(call.caller);
  std::optional<Trip> trip;
  BG_TRY(trips_.Read(call.deadline, [&](TripStore& store) -> Result<void> {
    trip = BG_TRY(store.FindTrip(Id<Trip>(trip_id)));
    return {};
  }));
  if (!trip || !viewer.MaySee(*trip)) return Error(kTripNotFound, "there is no such trip");
  return MakeSlip(*trip, slips_.key, clock_.Now());
}

Result<v1::GetSlipResponse> CustomsApi::GetSlip(const Call& call, const v1::GetSlipRequest& request) {
  v1::GetSlipResponse response;
  *response.mutable_slip() = ToProto(BG_TRY(SlipOf(call, request.trip_id())));
  return response;
}

Result<v1::GetSlipPageResponse> CustomsApi::GetSlipPage(const Call& call,
                                                        const v1::GetSlipPageRequest& request) {
  const SignedSlip slip = BG_TRY(SlipOf(call, request.trip_id()));
  v1::GetSlipPageResponse response;
  response.mutable_content()->set_content_type("image/png");
  response.mutable_content()->set_data(slips_.print(slip));
  return response;
}

Result<v1::ListTripsResponse> CustomsApi::ListTrips(const Call& call, const v1::ListTripsRequest& request) {
  const Viewer viewer = ToViewer(call.caller);
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  std::vector<std::string> open_step_roles;
  for (const int role : request.open_step_roles()) {
    open_step_roles.push_back(common::v1::Role_Name(role));
    checks.Require(role != 0 && !open_step_roles.back().empty(), "open_step_roles", "ROLE_UNKNOWN",
                   "must name roles of the contract only");
  }
  BG_TRY(checks.Done());
  const TripFilter filter{.enterprise_id = viewer.enterprise_id,
                          .gate_ids = viewer.enterprise_id ? std::vector<std::string>() : viewer.gate_ids,
                          .gate_id = request.gate_id(),
                          .state = rpc::FromProtoEnum<TripState>(request.state(), v1::Trip::State_MAX),
                          .open_step_roles = open_step_roles,
                          .oldest_first = request.oldest_first()};
  v1::ListTripsResponse response;
  BG_TRY(trips_.Read(call.deadline, [&](TripStore& store) -> Result<void> {
    const auto trips = BG_TRY(store.ListTrips(filter, page));
    for (const Trip& trip : trips.items) *response.add_trips() = Shown(trip, viewer);
    response.set_next_page_token(PageToken(trips.last_key));
    return {};
  }));
  return response;
}

Result<v1::CancelTripResponse> CustomsApi::CancelTrip(const Call& call,
                                                      const v1::CancelTripRequest& request) {
  BG_TRY(CheckReason(request.reason()));
  return ChangeTrip<v1::CancelTripResponse>(call, request, [&](TripDesk& desk, const Viewer& viewer) {
    return desk.Cancel(Id<Trip>(request.trip_id()), viewer, request.reason());
  });
}

Result<v1::ConfirmStepResponse> CustomsApi::ConfirmStep(const Call& call,
                                                        const v1::ConfirmStepRequest& request) {
  FieldChecks checks;
  checks.Text("remark", request.remark(), {.length_max = 500});
  BG_TRY(checks.Done());
  return ChangeTrip<v1::ConfirmStepResponse>(call, request, [&](TripDesk& desk, const Viewer& viewer) {
    return desk.Confirm(Id<Trip>(request.trip_id()), request.step_id(), viewer, ToOfficer(call.caller),
                        request.remark());
  });
}

Result<v1::HoldStepResponse> CustomsApi::HoldStep(const Call& call, const v1::HoldStepRequest& request) {
  BG_TRY(CheckReason(request.reason()));
  return ChangeTrip<v1::HoldStepResponse>(call, request, [&](TripDesk& desk, const Viewer& viewer) {
    return desk.Hold(Id<Trip>(request.trip_id()), request.step_id(), viewer, ToOfficer(call.caller),
                     request.reason());
  });
}

Result<v1::ReleaseStepResponse> CustomsApi::ReleaseStep(const Call& call,
                                                        const v1::ReleaseStepRequest& request) {
  BG_TRY(CheckReason(request.reason()));
  return ChangeTrip<v1::ReleaseStepResponse>(call, request, [&](TripDesk& desk, const Viewer& viewer) {
    return desk.Release(Id<Trip>(request.trip_id()), request.step_id(), viewer, ToOfficer(call.caller),
                        request.reason());
  });
}

Result<v1::PutWorkflowResponse> CustomsApi::PutWorkflow(const Call& call,
                                                        const v1::PutWorkflowRequest& request) {
  Workflow workflow = FromProto(request);
  FieldChecks checks;
  CheckWorkflow(workflow, checks);
  checks.Require(call.caller.MaySeeGate(workflow.gate_id), "gate_id", "GATE_NOT_YOURS",
                 "must be a gate you are posted to");
  BG_TRY(checks.Done());
  PutCustomsLast(workflow);
  workflow.author = call.caller.subject_id;
  return RunOnce<v1::PutWorkflowResponse>(
      trips_, call, request, [&](TripStore& store) -> Result<v1::PutWorkflowResponse> {
        TripDesk desk(store, bodies_, call.origin(), clock_.Now());
        v1::PutWorkflowResponse response;
        *response.mutable_workflow() = ToProto(BG_TRY(desk.PutWorkflow(workflow)));
        BG_TRY(desk.Tell());
        return response;
      });
}

Result<v1::ListWorkflowsResponse> CustomsApi::ListWorkflows(const Call& call,
                                                            const v1::ListWorkflowsRequest& request) {
  FieldChecks checks;
  const NumberPage page = ReadNumberPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListWorkflowsResponse response;
  BG_TRY(trips_.Read(call.deadline, [&](TripStore& store) -> Result<void> {
    const auto workflows = BG_TRY(store.ListWorkflows(request.gate_id(), page));
    for (const Workflow& workflow : workflows.items) *response.add_workflows() = ToProto(workflow);
    response.set_next_page_token(PageToken(workflows.last_key));
    return {};
  }));
  return response;
}

}  // namespace bordergate::customs
