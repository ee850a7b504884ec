#include "services/customs/domain/step_rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "services/customs/domain/reasons.h"

namespace bordergate::customs {
namespace {

Step* FindStep(Trip& trip, std::string_view step_id) {
  const auto found = std::find_if(trip.steps.begin(), trip.steps.end(),
                                  [&](const Step& step) { return step.step_id == step_id; });
  return found == trip.steps.end() ? nullptr : &*found;
}

bool Any(const std::vector<Step>& steps, StepState state) {
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) { return step.state == state; });
}

// The checks that every act on a step begins with.
Result<Step*> StepOf(Trip& trip, std::string_view step_id, const Officer& officer) {
  if (!IsOpen(trip.state)) return Error(kTripClosed, "the trip has crossed or is cancelled");
  Step* step = FindStep(trip, step_id);
  if (step == nullptr) return Error(kStepNotFound, "the trip has no such step");
  if (std::find(officer.roles.begin(), officer.roles.end(), step->role) == officer.roles.end()) {
    return Error(kStepNotYours, "another agency acts on this step").With("role", step->role);
  }
  return step;
}

void Act(Step& step, StepState state, const Officer& officer, std::string_view remark, Instant now) {
  step.state = state;
  step.acted_by = officer.subject_id;
  step.acted_by_name = officer.name;
  step.act_time = now;
  step.remark = remark;
}

// What the steps make of the trip.
void Settle(Trip& trip, Instant now) {
  OpenWhatIsFree(trip.steps);
  const bool cleared = std::all_of(trip.steps.begin(), trip.steps.end(),
                                   [](const Step& step) { return step.state == StepState::kConfirmed; });
  trip.state = cleared                             ? TripState::kCleared
               : Any(trip.steps, StepState::kHeld) ? TripState::kHeld
                                                   : TripState::kDeclared;
  trip.clear_time = cleared ? std::optional<Instant>(now) : std::nullopt;
}

std::string WaitsFor(const Trip& trip, const Step& step) {
  std::vector<std::string> missing;
  for (const Step& other : trip.steps) {
    const bool before = std::find(step.after.begin(), step.after.end(), other.step_id) != step.after.end();
    if (before && other.state != StepState::kConfirmed) missing.push_back(other.step_id);
  }
  return fmt::format("{}", fmt::join(missing, ","));
}

}  // namespace

void OpenWhatIsFree(std::vector<Step>& steps) {
  const auto confirmed = [&](const std::string& step_id) {
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return step.step_id == step_id && step.state == StepState::kConfirmed;
    });
  };
  for (Step& step : steps) {
    if (step.state != StepState::kBlocked && step.state != StepState::kOpen) continue;
    const bool free = std::all_of(step.after.begin(), step.after.end(), confirmed);
    step.state = free ? StepState::kOpen : StepState::kBlocked;
  }
}

Result<bool> ConfirmStep(Trip& trip, std::string_view step_id, const Officer& officer,
                         std::string_view remark, Instant now) {
  Step* step = BG_TRY(StepOf(trip, step_id, officer));
  if (step->state == StepState::kConfirmed) return false;
  if (step->state == StepState::kBlocked) {
    return Error(kStepBlocked, "steps before this one are not confirmed")
        .With("waits_for", WaitsFor(trip, *step));
  }
  if (step->state == StepState::kHeld) return Error(kStepHeld, "the agency holds the trip at this step");
  Act(*step, StepState::kConfirmed, officer, remark, now);
  Settle(trip, now);
  return true;
}

Result<bool> HoldStep(Trip& trip, std::string_view step_id, const Officer& officer, std::string_view reason,
                      Instant now) {
  Step* step = BG_TRY(StepOf(trip, step_id, officer));
  if (step->state == StepState::kHeld) return false;
  Act(*step, StepState::kHeld, officer, reason, now);
  Settle(trip, now);
  return true;
}

Result<bool> ReleaseStep(Trip& trip, std::string_view step_id, const Officer& officer,
                         std::string_view reason, Instant now) {
  Step* step = BG_TRY(StepOf(trip, step_id, officer));
  if (step->state != StepState::kHeld) return Error(kStepNotHeld, "nobody holds the trip at this step");
  Act(*step, StepState::kOpen, officer, reason, now);
  Settle(trip, now);
  return true;
}

Result<bool> CancelTrip(Trip& trip, std::string_view reason) {
  if (trip.state == TripState::kCrossed) return Error(kTripAlreadyCrossed, "the truck went through the gate");
  if (trip.state == TripState::kCancelled) return false;
  trip.state = TripState::kCancelled;
  trip.cancel_reason = reason;
  return true;
}

bool CrossTrip(Trip& trip, Instant cross_time) {
  if (trip.state == TripState::kCrossed) return false;
  trip.state = TripState::kCrossed;
  trip.cross_time = cross_time;
  return true;
}

}  // namespace bordergate::customs
