#include "services/lane/peers/facts.h"

#include "libs/plate/plate.h"
#include "libs/rpc/time.h"

namespace bordergate::lane {
namespace {

using customs::v1::Step;
using customs::v1::Trip;
using yard::v1::Ticket;

// What this version does not know is never taken for clearance.
TripFacts::State ToState(Trip::State state) {
  switch (state) {
    case Trip::STATE_HELD:
      return TripFacts::State::kHeld;
    case Trip::STATE_CLEARED:
      return TripFacts::State::kCleared;
    case Trip::STATE_CROSSED:
      return TripFacts::State::kCrossed;
    case Trip::STATE_CANCELLED:
      return TripFacts::State::kCancelled;
    default:
      return TripFacts::State::kDeclared;
  }
}

TicketFacts::State ToState(Ticket::State state) {
  switch (state) {
    case Ticket::STATE_CALLED:
      return TicketFacts::State::kCalled;
    case Ticket::STATE_PASSED:
      return TicketFacts::State::kPassed;
    case Ticket::STATE_CLOSED:
      return TicketFacts::State::kClosed;
    default:
      return TicketFacts::State::kWaiting;
  }
}

}  // namespace

std::optional<AdmissionChange> ToFact(const customs::v1::CustomsEvent& event) {
  if (!event.has_trip()) return std::nullopt;
  const Trip& trip = event.trip();
  TripFacts facts;
  facts.trip_id = trip.trip_id();
  facts.gate_id = trip.gate_id();
  facts.direction =
      trip.direction() == common::v1::DIRECTION_IMPORT ? Direction::kImport : Direction::kExport;
  facts.plate = trip.vehicle().plate().normalised();
  facts.key = PlateKey(facts.plate);
  facts.trailer_key = PlateKey(trip.vehicle().trailer_plate().normalised());
  facts.container_number = trip.vehicle().container_number();
  facts.state = ToState(trip.state());
  facts.empty = trip.empty();
  for (const Step& step : trip.steps()) {
    if (step.state() == Step::STATE_HELD) {
      facts.steps_held.push_back(step.step_id());
    } else if (step.state() != Step::STATE_CONFIRMED) {
      facts.steps_missing.push_back(step.step_id());
    }
  }
  facts.update_time = rpc::ToInstant(event.header().event_time());
  return facts;
}

std::optional<AdmissionChange> ToFact(const fee::v1::FeeEvent& event) {
  if (!event.has_invoice()) return std::nullopt;
  const fee::v1::Invoice& invoice = event.invoice();
  const bool settled =
      invoice.state() == fee::v1::Invoice::STATE_PAID || invoice.state() == fee::v1::Invoice::STATE_EXEMPTED;
  return FeeFacts{invoice.trip_id(), settled, rpc::ToInstant(event.header().event_time())};
}

std::optional<AdmissionChange> ToFact(const yard::v1::YardEvent& event) {
  if (!event.has_ticket()) return std::nullopt;
  const Ticket& ticket = event.ticket();
  return TicketFacts{ticket.ticket_id(), ticket.trip_id(), ToState(ticket.state()),
                     rpc::ToInstant(ticket.call_expire_time()), rpc::ToInstant(event.header().event_time())};
}

std::optional<AdmissionChange> ToFact(const vehicle::v1::VehicleEvent& event) {
  if (event.has_vehicle()) {
    const vehicle::v1::Vehicle& vehicle = event.vehicle();
    VehicleFacts facts{PlateKey(vehicle.plate().normalised()), std::nullopt, vehicle.tare_kg(),
                       vehicle.plate().normalised(), vehicle.tag_id()};
    const auto last_day = ParseDay(vehicle.permit_expire_date());
    if (!vehicle.permit_number().empty() && last_day) facts.permit_last_day = *last_day;
    return facts;
  }
  if (!event.has_watch_list_entry()) return std::nullopt;
  const vehicle::v1::WatchListEntry& entry = event.watch_list_entry();
  const std::string& plate = entry.plate().normalised();
  return WatchFacts{entry.watch_list_entry_id(), plate, PlateKey(plate),
                    vehicle::v1::WatchListEntry::Cause_Name(entry.cause()), !entry.has_remove_time()};
}

}  // namespace bordergate::lane
