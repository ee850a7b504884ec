#include "services/report/peers/effects.h"

#include "libs/rpc/time.h"

namespace bordergate::report {
namespace {

using rpc::ToInstant;

Direction FromProto(common::v1::Direction direction) {
  return direction == common::v1::DIRECTION_IMPORT ? Direction::kImport : Direction::kExport;
}

Result<void> AddEntry(ReportStore& store, const std::string& source, const common::v1::EventHeader& header,
                      const std::string& trip_id, std::map<std::string, std::string> params) {
  if (trip_id.empty()) return {};
  return store.AddTimelineEntry({.trip_id = trip_id,
                                 .source = source,
                                 .sequence = header.sequence(),
                                 .event_kind = source + "." + header.kind(),
                                 .event_time = ToInstant(header.event_time()),
                                 .actor = header.actor(),
                                 .params = std::move(params)});
}

std::optional<TicketState> FromProto(yard::v1::Ticket::State state) {
  switch (state) {
    case yard::v1::Ticket::STATE_WAITING:
      return TicketState::kWaiting;
    case yard::v1::Ticket::STATE_CALLED:
      return TicketState::kCalled;
    case yard::v1::Ticket::STATE_PASSED:
      return TicketState::kPassed;
    case yard::v1::Ticket::STATE_CLOSED:
      return TicketState::kClosed;
    default:
      return std::nullopt;  // a newer yard says something this program does not know yet
  }
}

PassageKind FromProto(lane::v1::Passage::Kind kind) {
  switch (kind) {
    case lane::v1::Passage::KIND_AUTOMATIC:
      return PassageKind::kAutomatic;
    case lane::v1::Passage::KIND_MANUAL:
      return PassageKind::kManual;
    default:
      return PassageKind::kUnauthorised;
  }
}

std::string OutcomeName(lane::v1::Decision::Outcome outcome) {
  switch (outcome) {
    case lane::v1::Decision::OUTCOME_OPEN:
      return "open";
    case lane::v1::Decision::OUTCOME_ASK:
      return "ask";
    case lane::v1::Decision::OUTCOME_REFUSE:
      return "refuse";
    default:
      return "";
  }
}

}  // namespace

Result<void> Apply(ReportStore& store, const customs::v1::CustomsEvent& event) {
  if (!event.has_trip()) return {};
  const auto& trip = event.trip();
  const bool open =
      trip.state() != customs::v1::Trip::STATE_CROSSED && trip.state() != customs::v1::Trip::STATE_CANCELLED;
  BG_TRY(store.PutTrip({.trip_id = trip.trip_id(),
                        .enterprise_id = trip.enterprise_id(),
                        .gate_id = trip.gate_id(),
                        .direction = FromProto(trip.direction()),
                        .open = open,
                        .perishable = trip.perishable()}));
  std::map<std::string, std::string> params;
  if (!event.step_id().empty()) params.emplace("step_id", event.step_id());
  for (const auto& step : trip.steps()) {
    if (step.step_id() == event.step_id() && !step.remark().empty()) params.emplace("remark", step.remark());
  }
  return AddEntry(store, "customs", event.header(), trip.trip_id(), std::move(params));
}

Result<void> Apply(ReportStore& store, const fee::v1::FeeEvent& event) {
  if (!event.has_invoice()) return {};
  const auto& invoice = event.invoice();
  if (invoice.state() == fee::v1::Invoice::STATE_PAID) {
    BG_TRY(store.PutPayment({.invoice_id = invoice.invoice_id(),
                             .gate_id = invoice.gate_id(),
                             .paid_dong = invoice.paid_dong(),
                             .settle_time = ToInstant(invoice.settle_time())}));
  }
  return AddEntry(store, "fee", event.header(), invoice.trip_id(),
                  {{"amount_dong", std::to_string(invoice.amount_dong())}});
}

Result<void> Apply(ReportStore& store, const yard::v1::YardEvent& event) {
  if (!event.has_ticket()) return {};
  const auto& ticket = event.ticket();
  const std::optional<TicketState> state = FromProto(ticket.state());
  if (state) {
    TicketFact fact{.ticket_id = ticket.ticket_id(),
                    .trip_id = ticket.trip_id(),
                    .gate_id = ticket.gate_id(),
                    .state = *state,
                    .perishable = ticket.perishable(),
                    .check_in_time = ToInstant(ticket.check_in_time())};
    if (ticket.has_pass_time()) fact.pass_time = ToInstant(ticket.pass_time());
    BG_TRY(store.PutTicket(fact));
  }
  if (event.header().kind() == "ticket.called_out_of_turn") {
    BG_TRY(store.AddOutOfTurnCall(ticket.gate_id(), ToInstant(event.header().event_time())));
  }
  std::map<std::string, std::string> params{{"number", std::to_string(ticket.number())}};
  if (!event.reason().empty()) params.emplace("reason", event.reason());
  return AddEntry(store, "yard", event.header(), ticket.trip_id(), std::move(params));
}

Result<void> Apply(ReportStore& store, const lane::v1::LaneEvent& event) {
  if (event.has_decision()) {
    const auto& decision = event.decision();
    std::map<std::string, std::string> params{{"lane_id", decision.lane_id()},
                                              {"outcome", OutcomeName(decision.outcome())}};
    if (decision.reasons_size() > 0) {
      params.emplace("reason", decision.reasons(0).code());
      params.insert(decision.reasons(0).params().begin(), decision.reasons(0).params().end());
    }
    return AddEntry(store, "lane", event.header(), decision.trip_id(), std::move(params));
  }
  if (!event.has_passage()) return {};
  const auto& passage = event.passage();
  BG_TRY(store.PutPassage({.passage_id = passage.passage_id(),
                           .lane_id = passage.lane_id(),
                           .gate_id = passage.gate_id(),
                           .direction = FromProto(passage.direction()),
                           .kind = FromProto(passage.kind()),
                           .plate = passage.plate(),
                           .trip_id = passage.trip_id(),
                           .decision_id = passage.decision_id(),
                           .evidence_id = passage.evidence_id(),
                           .arrive_time = ToInstant(passage.arrive_time()),
                           .leave_time = ToInstant(passage.leave_time())}));
  return AddEntry(store, "lane", event.header(), passage.trip_id(), {{"lane_id", passage.lane_id()}});
}

}  // namespace bordergate::report
