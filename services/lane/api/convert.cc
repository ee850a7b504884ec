#include "services/lane/api/convert.h"

#include "libs/rpc/once.h"
#include "libs/rpc/time.h"

namespace bordergate::lane {
namespace {

v1::Decision::Outcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOpen:
      return v1::Decision::OUTCOME_OPEN;
    case Outcome::kAsk:
      return v1::Decision::OUTCOME_ASK;
    case Outcome::kRefuse:
      return v1::Decision::OUTCOME_REFUSE;
  }
  return v1::Decision::OUTCOME_UNSPECIFIED;
}

v1::LaneState ToProto(LaneState state) {
  switch (state) {
    case LaneState::kIdle:
      return v1::LANE_STATE_IDLE;
    case LaneState::kIdentifying:
      return v1::LANE_STATE_IDENTIFYING;
    case LaneState::kAsking:
      return v1::LANE_STATE_ASKING;
    case LaneState::kRefused:
      return v1::LANE_STATE_REFUSED;
    case LaneState::kOpening:
      return v1::LANE_STATE_OPENING;
    case LaneState::kPassing:
      return v1::LANE_STATE_PASSING;
    case LaneState::kClosing:
      return v1::LANE_STATE_CLOSING;
    case LaneState::kFault:
      return v1::LANE_STATE_FAULT;
  }
  return v1::LANE_STATE_UNSPECIFIED;
}

v1::BarrierPosition ToProto(ArmPosition position) {
  switch (position) {
    case ArmPosition::kDown:
      return v1::BARRIER_POSITION_DOWN;
    case ArmPosition::kUp:
      return v1::BARRIER_POSITION_UP;
    case ArmPosition::kMoving:
      return v1::BARRIER_POSITION_MOVING;
    case ArmPosition::kUnknown:
      return v1::BARRIER_POSITION_UNKNOWN;
  }
  return v1::BARRIER_POSITION_UNSPECIFIED;
}

v1::BarrierCommand ToProto(BarrierCommand command) {
  switch (command) {
    case BarrierCommand::kNone:
      return v1::BARRIER_COMMAND_NONE;
    case BarrierCommand::kRaise:
      return v1::BARRIER_COMMAND_RAISE;
    case BarrierCommand::kLower:
      return v1::BARRIER_COMMAND_LOWER;
  }
  return v1::BARRIER_COMMAND_UNSPECIFIED;
}

v1::Passage::Kind ToProto(Passage::Kind kind) {
  switch (kind) {
    case Passage::Kind::kAutomatic:
      return v1::Passage::KIND_AUTOMATIC;
    case Passage::Kind::kManual:
      return v1::Passage::KIND_MANUAL;
    case Passage::Kind::kUnauthorised:
      return v1::Passage::KIND_UNAUTHORISED;
  }
  return v1::Passage::KIND_UNSPECIFIED;
}

v1::Input ToProto(const InputAge& input) {
  v1::Input out;
  out.set_name(std::string(input.name));
  out.set_age_ms(input.age ? input.age->count() : -1);
  out.set_age_limit_ms(input.limit.count());
  out.set_fresh(input.fresh());
  return out;
}

}  // namespace

v1::Reason ToProto(const Cause& cause) {
  v1::Reason reason;
  reason.set_code(cause.code);
  for (const auto& [key, value] : cause.params) (*reason.mutable_params())[key] = value;
  return reason;
}

common::v1::Direction ToProto(Direction direction) {
  return direction == Direction::kExport ? common::v1::DIRECTION_EXPORT : common::v1::DIRECTION_IMPORT;
}

v1::Mode ToProto(Mode mode) {
  switch (mode) {
    case Mode::kAuto:
      return v1::MODE_AUTO;
    case Mode::kLocal:
      return v1::MODE_LOCAL;
    case Mode::kConfirm:
      return v1::MODE_CONFIRM;
    case Mode::kManual:
      return v1::MODE_MANUAL;
    case Mode::kClosed:
      return v1::MODE_CLOSED;
  }
  return v1::MODE_UNSPECIFIED;
}

v1::Decision ToProto(const Decision& decision) {
  v1::Decision out;
  out.set_decision_id(decision.id.value());
  out.set_lane_id(decision.lane_id);
  out.set_session_id(decision.session_id);
  out.set_outcome(ToProto(decision.verdict.outcome));
  for (const Cause& cause : decision.verdict.causes) *out.add_reasons() = ToProto(cause);
  out.set_plate(decision.plate);
  out.set_confidence(decision.confidence);
  out.set_trip_id(decision.trip_id);
  out.set_ticket_id(decision.ticket_id);
  out.set_decided_by(decision.decided_by);
  out.set_decided_by_name(decision.decided_by_name);
  *out.mutable_decide_time() = rpc::ToTimestamp(decision.decide_time);
  *out.mutable_expire_time() = rpc::ToTimestamp(decision.expire_time);
  out.set_evidence_id(decision.evidence_id);
  for (const float corner : decision.plate_corners) out.add_plate_corners(corner);
  out.set_rule_version(decision.rule_version);
  out.set_remark(decision.remark);
  out.set_weight_kg(decision.weight_kg);
  out.set_expected_weight_kg(decision.expected_weight_kg);
  return out;
}

v1::Passage ToProto(const Passage& passage) {
  v1::Passage out;
  out.set_passage_id(passage.id.value());
  out.set_lane_id(passage.lane_id);
  out.set_gate_id(passage.gate_id);
  out.set_direction(ToProto(passage.direction));
  out.set_kind(ToProto(passage.kind));
  out.set_decision_id(passage.decision_id.value());
  out.set_trip_id(passage.trip_id);
  out.set_ticket_id(passage.ticket_id);
  out.set_plate(passage.plate);
  *out.mutable_arrive_time() = rpc::ToTimestamp(passage.arrive_time);
  if (passage.open_time) *out.mutable_open_time() = rpc::ToTimestamp(*passage.open_time);
  *out.mutable_leave_time() = rpc::ToTimestamp(passage.leave_time);
  out.set_evidence_id(passage.evidence_id);
  out.set_weight_kg(passage.weight_kg);
  for (const Cause& remark : passage.remarks) *out.add_remarks() = ToProto(remark);
  return out;
}

v1::Lane ToProto(const LaneView& view) {
  v1::Lane out;
  out.set_lane_id(view.info->lane_id);
  out.set_gate_id(view.info->gate_id);
  out.set_title(view.info->title);
  out.set_direction(ToProto(view.info->direction));
  out.set_mode(ToProto(view.mode));
  for (const Cause& cause : view.mode_causes) *out.add_mode_reasons() = ToProto(cause);
  *out.mutable_mode_time() = rpc::ToTimestamp(view.mode_since);
  out.set_state(ToProto(view.state));
  *out.mutable_state_time() = rpc::ToTimestamp(view.state_since);
  out.set_barrier_command(ToProto(view.command));
  out.set_barrier_position(ToProto(view.position));
  out.set_arming_loop(view.inputs.arming_loop);
  out.set_safety_loop(view.inputs.safety_loop);
  out.set_exit_loop(view.inputs.exit_loop);
  if (view.decision) *out.mutable_decision() = ToProto(*view.decision);
  for (const InputAge& input : view.input_ages) *out.add_inputs() = ToProto(input);
  out.set_passages_today(view.passages_today);
  out.set_camera_id(view.info->camera_id);
  for (const Cause& fault : view.faults) *out.add_faults() = ToProto(fault);
  *out.mutable_report_time() = rpc::ToTimestamp(view.report_time);
  out.set_session_id(view.session_id);
  out.set_weight_kg(view.weight_kg);
  return out;
}

v1::CheckpointRule ToProto(const CheckpointRule& rule) {
  v1::CheckpointRule out;
  out.set_checkpoint_id(rule.checkpoint_id);
  out.set_version(rule.version);
  out.set_cleared_required(rule.cleared_required);
  out.set_fee_required(rule.fee_required);
  out.set_call_required(rule.call_required);
  out.set_confidence_min(rule.confidence_min);
  out.set_author(rule.author);
  out.set_reason(rule.reason);
  *out.mutable_create_time() = rpc::ToTimestamp(rule.create_time);
  out.set_permit_required(rule.permit_required);
  out.set_stay_max_h(rule.stay_max_h);
  out.set_weight_tolerance_kg(rule.weight_tolerance_kg);
  for (const OpeningHours& span : rule.opening_hours) {
    v1::OpeningHours& hours = *out.add_opening_hours();
    for (const int day : span.weekdays) hours.add_weekdays(day);
    hours.set_open_minute(span.open_minute);
    hours.set_close_minute(span.close_minute);
  }
  return out;
}

v1::RuleTrial ToProto(const RuleTrial& trial) {
  v1::RuleTrial out;
  out.set_vehicle_count(trial.vehicles);
  out.set_otherwise_count(trial.otherwise);
  out.set_unknown_count(trial.unknown);
  for (const auto& [outcomes, count] : trial.changes) {
    v1::RuleTrial::Change& change = *out.add_changes();
    change.set_was(ToProto(outcomes.first));
    change.set_would(ToProto(outcomes.second));
    change.set_count(count);
  }
  for (const RuleTrial::Example& one : trial.examples) {
    v1::RuleTrial::Example& example = *out.add_examples();
    example.set_decision_id(one.decision_id);
    example.set_lane_id(one.lane_id);
    example.set_plate(one.plate);
    *example.mutable_decide_time() = rpc::ToTimestamp(one.decide_time);
    example.set_was(ToProto(one.was.outcome));
    example.set_would(ToProto(one.would.outcome));
    for (const Cause& why : one.was.causes) *example.add_was_reasons() = ToProto(why);
    for (const Cause& why : one.would.causes) *example.add_would_reasons() = ToProto(why);
  }
  return out;
}

// The same bytes for the same event, since they are chained.
std::string ProtoEventBodies::Of(const Decision& decision) const {
  v1::LaneEvent event;
  *event.mutable_decision() = ToProto(decision);
  return rpc::SerializeCanonical(event);
}

std::string ProtoEventBodies::Of(const Passage& passage) const {
  v1::LaneEvent event;
  *event.mutable_passage() = ToProto(passage);
  return rpc::SerializeCanonical(event);
}

std::string ProtoEventBodies::Of(const LaneView& lane) const {
  v1::LaneEvent event;
  *event.mutable_lane() = ToProto(lane);
  return rpc::SerializeCanonical(event);
}

std::string ProtoEventBodies::Of(const CheckpointRule& rule) const {
  v1::LaneEvent event;
  *event.mutable_checkpoint_rule() = ToProto(rule);
  return rpc::SerializeCanonical(event);
}

}  // namespace bordergate::lane
