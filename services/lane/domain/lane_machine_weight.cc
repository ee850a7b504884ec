// The part of the machine that weighs.
#include "services/lane/domain/lane_machine.h"
#include "services/lane/domain/reasons.h"

namespace bordergate::lane {
namespace {

// Less is no truck: it does not stand on the scale.
constexpr int kVehicleMin_kg = 500;

}  // namespace

std::string_view ScaleStateName(ScaleState state) {
  switch (state) {
    case ScaleState::kStable:
      return "STABLE";
    case ScaleState::kMoving:
      return "MOVING";
    case ScaleState::kOverload:
      return "OVERLOAD";
    case ScaleState::kUnderRange:
      return "UNDER_RANGE";
    case ScaleState::kTared:
      return "TARED";
    case ScaleState::kFault:
      return "FAULT";
    case ScaleState::kSilent:
      return "SILENT";
  }
  return "";
}

// A weight is the waiting vehicle's when the scale came to rest with it: not before it has stood there for a
// while, and not once it was let in.
Effects LaneMachine::SeeWeight(const Weight& weight, const Surroundings& around) {
  scale_ = weight;
  scale_at_ = around.now.steady;
  Session* session = Waiting();
  if (session == nullptr || opening_) return {};
  const bool settled = around.now.steady - session->arrive.steady >= times_.scale_settle;
  if (settled && weight.state == ScaleState::kStable && weight.kg >= kVehicleMin_kg)
    session->weight_kg = weight.kg;
  return Finish(around);
}

Weight LaneMachine::WeightOf(const Session& session, Moment now) const {
  if (session.weight_kg) return {ScaleState::kStable, *session.weight_kg};
  if (!scale_at_ || now.steady - *scale_at_ > times_.scale_age_max) return {};
  if (scale_.state == ScaleState::kStable) return {ScaleState::kMoving, scale_.kg};
  return scale_;
}

// Nothing but a weight is missing, and the scale may still come to rest.
bool LaneMachine::AwaitsWeight(const Session& session, const Verdict& verdict, Moment now) const {
  if (verdict.outcome != Outcome::kAsk || now.steady - session.arrive.steady >= times_.weigh_timeout)
    return false;
  for (const Cause& why : verdict.causes) {
    if (why.code != cause::kWeightNotStable) return false;
  }
  return true;
}

int LaneMachine::waiting_weight_kg() const {
  const auto vehicle = tracker_.waiting();
  return vehicle ? sessions_.at(*vehicle).weight_kg.value_or(0) : 0;
}

}  // namespace bordergate::lane
