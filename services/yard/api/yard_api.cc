#include "services/yard/api/yard_api.h"

#include "libs/plate/plate.h"
#include "libs/rpc/enums.h"
#include "libs/rpc/once.h"
#include "services/yard/api/convert.h"
#include "services/yard/domain/reasons.h"

namespace bordergate::yard {

template <class Response, class Request, class Verb>
Result<Response> YardApi::ChangeOrder(const Call& call, const Request& request, Verb verb) {
  return rpc::RunOnce<Response>(yards_, call, request, [&](YardStore& store) -> Result<Response> {
    GateDesk desk(store, bodies_, ids_, call.origin(), clock_.Now());
    Response response;
    BG_TRY(verb(desk, response));
    BG_TRY(desk.Tell());
    return response;
  });
}

Result<v1::PutYardResponse> YardApi::PutYard(const Call& call, const v1::PutYardRequest& request) {
  const Yard yard = FromProto(request);
  FieldChecks checks;
  CheckYard(yard, checks);
  checks.Require(call.caller.MaySeeGate(yard.gate_id), "gate_id", "GATE_NOT_YOURS",
                 "must be a gate you are posted to");
  BG_TRY(checks.Done());
  return ChangeOrder<v1::PutYardResponse>(call, request, [&](GateDesk& desk, auto& response) -> Result<void> {
    *response.mutable_yard() = ToProto(BG_TRY(desk.PutYard(yard)));
    return {};
  });
}

Result<v1::ListYardsResponse> YardApi::ListYards(const Call& call, const v1::ListYardsRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListYardsResponse response;
  BG_TRY(yards_.Read(call.deadline, [&](YardStore& store) -> Result<void> {
    const auto yards = BG_TRY(store.ListYards(page));
    for (const Yard& yard : yards.items) *response.add_yards() = ToProto(yard);
    response.set_next_page_token(PageToken(yards.last_key));
    return {};
  }));
  return response;
}

Result<v1::PutHoldingPlanResponse> YardApi::PutHoldingPlan(const Call& call,
                                                           const v1::PutHoldingPlanRequest& request) {
  HoldingPlan plan = FromProto(request);
  FieldChecks checks;
  CheckHoldingPlan(plan, checks);
  checks.Require(call.caller.MaySeeGate(plan.gate_id), "gate_id", "GATE_NOT_YOURS",
                 "must be a gate you are posted to");
  BG_TRY(checks.Done());
  plan.author = call.caller.subject_id;
  return ChangeOrder<v1::PutHoldingPlanResponse>(
      call, request, [&](GateDesk& desk, auto& response) -> Result<void> {
        *response.mutable_holding_plan() = ToProto(BG_TRY(desk.PutPlan(plan)));
        return {};
      });
}

Result<v1::ListHoldingPlansResponse> YardApi::ListHoldingPlans(const Call& call,
                                                               const v1::ListHoldingPlansRequest& request) {
  FieldChecks checks;
  const NumberPage page = ReadNumberPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListHoldingPlansResponse response;
  BG_TRY(yards_.Read(call.deadline, [&](YardStore& store) -> Result<void> {
    const auto plans = BG_TRY(store.ListPlans(request.gate_id(), page));
    for (const HoldingPlan& plan : plans.items) *response.add_holding_plans() = ToProto(plan);
    response.set_next_page_token(PageToken(plans.last_key));
    return {};
  }));
  return response;
}

Result<v1::CheckInResponse> YardApi::CheckIn(const Call& call, const v1::CheckInRequest& request) {
  FieldChecks checks;
  checks.Text("yard_id", request.yard_id(), {.length_min = 1, .length_max = 40});
  Arrival arrival{.yard_id = Id<Yard>(request.yard_id()), .trip_id = Id<Trip>(request.trip_id())};
  checks.Require(request.trip_id().empty() != request.plate().empty(), "trip_id", "TRIP_OR_PLATE_REQUIRED",
                 "must be given, or plate instead of it, and not both");
  if (!request.plate().empty()) {
    const Result<Plate> plate = ParsePlate(request.plate());
    if (plate) arrival.plate_key = plate->key;
    if (!plate) checks.Require(false, "plate", kPlateInvalid.name, plate.error().message());
  }
  BG_TRY(checks.Done());
  return ChangeOrder<v1::CheckInResponse>(call, request, [&](GateDesk& desk, auto& response) -> Result<void> {
    *response.mutable_ticket() = ToProto(BG_TRY(desk.CheckIn(arrival, ToViewer(call.caller))));
    return {};
  });
}

Result<v1::GetTicketResponse> YardApi::GetTicket(const Call& call, const v1::GetTicketRequest& request) {
  v1::GetTicketResponse response;
  BG_TRY(yards_.Read(call.deadline, [&](YardStore& store) -> Result<void> {
    const Ticket ticket = BG_TRY(store.FindTicket(Id<Ticket>(request.ticket_id())));
    if (!ToViewer(call.caller).MaySee(ticket)) return Error(kTicketNotFound, "there is no such ticket");
    *response.mutable_ticket() = ToProto(ticket);
    return {};
  }));
  return response;
}

Result<v1::ListTicketsResponse> YardApi::ListTickets(const Call& call,
                                                     const v1::ListTicketsRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  const TicketPage tickets_page{.size = page.size, .after = ReadTicketKey(checks, page.after)};
  BG_TRY(checks.Done());
  const TicketFilter filter{.viewer = ToViewer(call.caller),
                            .gate_id = request.gate_id(),
                            .state = rpc::FromProtoEnum<TicketState>(request.state(), v1::Ticket::State_MAX),
                            .trip_id = request.trip_id()};
  v1::ListTicketsResponse response;
  BG_TRY(yards_.Read(call.deadline, [&](YardStore& store) -> Result<void> {
    const auto tickets =
        CutPage(BG_TRY(store.ListTickets(filter, tickets_page)), page,
                [](const Ticket& ticket) { return ToText({ticket.gate_id, ticket.number}); });
    for (const Ticket& ticket : tickets.items) *response.add_tickets() = ToProto(ticket);
    response.set_next_page_token(PageToken(tickets.last_key));
    return {};
  }));
  return response;
}

Result<v1::CallOutOfTurnResponse> YardApi::CallOutOfTurn(const Call& call,
                                                         const v1::CallOutOfTurnRequest& request) {
  FieldChecks checks;
  checks.Text("reason", request.reason(), {.length_min = 3, .length_max = 500});
  BG_TRY(checks.Done());
  return ChangeOrder<v1::CallOutOfTurnResponse>(
      call, request, [&](GateDesk& desk, auto& response) -> Result<void> {
        *response.mutable_ticket() =
            ToProto(BG_TRY(desk.CallOutOfTurn(Id<Ticket>(request.ticket_id()), ToViewer(call.caller),
                                              call.caller.display_name, request.reason())));
        return {};
      });
}

}  // namespace bordergate::yard
