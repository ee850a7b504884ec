#include "services/customs/domain/trip_desk.h"

#include "libs/plate/plate.h"
#include "services/customs/domain/reasons.h"

namespace bordergate::customs {

Result<Trip> TripDesk::Draft(Trip form, const Result<Id<Vehicle>>& vehicle, const Result<void>& driver) {
  const std::optional<Workflow> workflow = BG_TRY(store_.CurrentWorkflow(form.gate_id, *form.direction));
  if (!workflow) return Error(kGateUnknown, "the gate has no workflow for this direction");
  form.vehicle_id = BG_TRY(vehicle);
  BG_TRY(driver);
  if (const auto open = BG_TRY(store_.FindOpenTrip(PlateKey(form.plate)))) {
    return Error(kVehicleHasOpenTrip, "the truck is on a trip that has not crossed")
        .With("trip_id", open->value());
  }
  form.perishable = IsPerishable(form.goods);
  form.workflow_version = workflow->version;
  form.steps = StepsFor(*workflow, form);
  form.state = TripState::kDeclared;
  form.declare_time = now_;
  return form;
}

Result<void> TripDesk::Declare(const Trip& draft) {
  BG_TRY(store_.AddTrip(draft));
  Note("trip.declared", bodies_.Of(draft, ""));
  return {};
}

Result<Trip> TripDesk::Confirm(const Id<Trip>& id, std::string_view step_id, const Viewer& viewer,
                               const Officer& officer, std::string_view remark) {
  Trip trip = BG_TRY(LockVisible(id, viewer));
  if (BG_TRY(ConfirmStep(trip, step_id, officer, remark, now_))) {
    BG_TRY(Save(trip, "trip.step_confirmed", step_id));
    if (trip.state == TripState::kCleared) Note("trip.cleared", bodies_.Of(trip, ""));
  }
  return trip;
}

Result<Trip> TripDesk::Hold(const Id<Trip>& id, std::string_view step_id, const Viewer& viewer,
                            const Officer& officer, std::string_view reason) {
  Trip trip = BG_TRY(LockVisible(id, viewer));
  if (BG_TRY(HoldStep(trip, step_id, officer, reason, now_))) BG_TRY(Save(trip, "trip.step_held", step_id));
  return trip;
}

Result<Trip> TripDesk::Release(const Id<Trip>& id, std::string_view step_id, const Viewer& viewer,
                               const Officer& officer, std::string_view reason) {
  Trip trip = BG_TRY(LockVisible(id, viewer));
  if (BG_TRY(ReleaseStep(trip, step_id, officer, reason, now_))) {
    BG_TRY(Save(trip, "trip.step_released", step_id));
  }
  return trip;
}

Result<Trip> TripDesk::Cancel(const Id<Trip>& id, const Viewer& viewer, std::string_view reason) {
  Trip trip = BG_TRY(LockVisible(id, viewer));
  if (BG_TRY(CancelTrip(trip, reason))) BG_TRY(Save(trip, "trip.cancelled", ""));
  return trip;
}

Result<void> TripDesk::Cross(const Crossing& crossing) {
  Result<Trip> trip = store_.LockTrip(crossing.trip_id);
  if (!trip && !trip.error().Is(kTripNotFound)) return trip.error();
  const bool is_new =
      BG_TRY(store_.AddCrossing(crossing, trip ? std::optional<TripState>(trip->state) : std::nullopt));
  if (!is_new || !trip) return {};
  if (CrossTrip(*trip, crossing.cross_time)) BG_TRY(Save(*trip, "trip.crossed", ""));
  return {};
}

Result<Workflow> TripDesk::PutWorkflow(Workflow workflow) {
  workflow.create_time = now_;
  Workflow kept = BG_TRY(store_.AddWorkflow(std::move(workflow)));
  Note("workflow.put", bodies_.Of(kept));
  return kept;
}

Result<void> TripDesk::Tell() {
  for (const NewEvent& event : TakeEvents()) BG_TRY(store_.Append(event));
  return {};
}

Result<Trip> TripDesk::LockVisible(const Id<Trip>& id, const Viewer& viewer) {
  Trip trip = BG_TRY(store_.LockTrip(id));
  if (!viewer.MaySee(trip)) return Error(kTripNotFound, "there is no such trip");
  return trip;
}

Result<void> TripDesk::Save(const Trip& trip, std::string_view kind, std::string_view step_id) {
  BG_TRY(store_.SaveProgress(trip));
  Note(kind, bodies_.Of(trip, step_id));
  return {};
}

void TripDesk::Note(std::string_view kind, std::string body) {
  events_.push_back({std::string(kind), origin_.actor, origin_.trace_id, std::move(body)});
}

}  // namespace bordergate::customs
