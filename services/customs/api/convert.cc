#include "services/customs/api/convert.h"

#include "libs/container/container_number.h"
#include "libs/core/check.h"
#include "libs/plate/plate.h"
#include "libs/rpc/enums.h"
#include "libs/rpc/time.h"

namespace bordergate::customs {
namespace {

using common::v1::Direction_MAX;
using rpc::FromProtoEnum;
using rpc::ToInstant;
using rpc::ToProtoEnum;
using rpc::ToTimestamp;

common::v1::Plate ToProtoPlate(const std::string& as_written) {
  common::v1::Plate proto;
  const auto plate = ParsePlate(as_written);
  BG_CHECK(plate.has_value(), "only plates that were checked are kept");
  proto.set_raw(as_written);
  proto.set_normalised(plate->normalised);
  proto.set_country_code(std::string(CountryCode(plate->country)));
  return proto;
}

v1::GoodsLine ToProto(const GoodsLine& line) {
  v1::GoodsLine proto;
  proto.set_hs_code(line.hs_code);
  proto.set_description(line.description);
  proto.set_package_count(line.package_count);
  proto.set_package_kind(line.package_kind);
  proto.set_gross_mass_kg(line.gross_mass_kg);
  proto.set_net_mass_kg(line.net_mass_kg);
  proto.set_value_minor(line.value_minor);
  proto.set_currency_code(line.currency_code);
  proto.set_origin_country_code(line.origin_country_code);
  return proto;
}

GoodsLine FromProto(const v1::GoodsLine& proto) {
  return {.hs_code = proto.hs_code(),
          .description = proto.description(),
          .package_count = proto.package_count(),
          .package_kind = proto.package_kind(),
          .gross_mass_kg = proto.gross_mass_kg(),
          .net_mass_kg = proto.net_mass_kg(),
          .value_minor = proto.value_minor(),
          .currency_code = proto.currency_code(),
          .origin_country_code = proto.origin_country_code()};
}

v1::Quarantine ToProto(const Quarantine& quarantine) {
  v1::Quarantine proto;
  proto.set_growing_area_code(quarantine.growing_area_code);
  proto.set_packing_house_code(quarantine.packing_house_code);
  proto.set_certificate_number(quarantine.certificate_number);
  proto.set_driver_temperature_decicelsius(quarantine.driver_temperature_decicelsius);
  proto.set_health_declared(quarantine.health_declared);
  return proto;
}

v1::Step ToProto(const Step& step) {
  v1::Step proto;
  proto.set_step_id(step.step_id);
  proto.set_role(step.role);
  proto.set_state(ToProtoEnum<v1::Step::State>(step.state));
  proto.set_acted_by(step.acted_by);
  proto.set_acted_by_name(step.acted_by_name);
  if (step.act_time) *proto.mutable_act_time() = ToTimestamp(*step.act_time);
  proto.set_remark(step.remark);
  for (const std::string& earlier : step.after) proto.add_after_step_ids(earlier);
  return proto;
}

v1::TripVehicle ToProtoVehicle(const Trip& trip) {
  v1::TripVehicle proto;
  *proto.mutable_plate() = ToProtoPlate(trip.plate);
  if (!trip.trailer_plate.empty()) *proto.mutable_trailer_plate() = ToProtoPlate(trip.trailer_plate);
  proto.set_container_number(trip.container_number);
  for (const std::string& seal : trip.seal_numbers) proto.add_seal_numbers(seal);
  proto.set_vehicle_id(trip.vehicle_id.value());
  return proto;
}

std::vector<std::string> RoleNames(const rpc::Caller& caller) {
  std::vector<std::string> names;
  names.reserve(caller.roles.size());
  for (const rpc::Role role : caller.roles) names.push_back(common::v1::Role_Name(role));
  return names;
}

}  // namespace

v1::Trip ToProto(const Trip& trip) {
  v1::Trip proto;
  proto.set_trip_id(trip.id.value());
  proto.set_enterprise_id(trip.enterprise_id.value());
  proto.set_gate_id(trip.gate_id);
  proto.set_route(trip.route);
  proto.set_direction(ToProtoEnum<common::v1::Direction>(trip.direction));
  proto.set_regime(ToProtoEnum<v1::Regime>(trip.regime));
  if (trip.expected_arrival_time) {
    *proto.mutable_expected_arrival_time() = ToTimestamp(*trip.expected_arrival_time);
  }
  proto.set_declaration_number(trip.declaration_number);
  proto.set_declaration_kind(trip.declaration_kind);
  proto.set_contact_phone(trip.contact_phone);
  *proto.mutable_vehicle() = ToProtoVehicle(trip);
  proto.set_driver_id(trip.driver_id.value());
  for (const GoodsLine& line : trip.goods) *proto.add_goods() = ToProto(line);
  *proto.mutable_quarantine() = ToProto(trip.quarantine);
  proto.set_state(ToProtoEnum<v1::Trip::State>(trip.state));
  for (const Step& step : trip.steps) *proto.add_steps() = ToProto(step);
  proto.set_workflow_version(trip.workflow_version);
  proto.set_perishable(trip.perishable);
  proto.set_empty(trip.empty);
  *proto.mutable_declare_time() = ToTimestamp(trip.declare_time);
  if (trip.clear_time) *proto.mutable_clear_time() = ToTimestamp(*trip.clear_time);
  if (trip.cross_time) *proto.mutable_cross_time() = ToTimestamp(*trip.cross_time);
  return proto;
}

v1::Slip ToProto(const SignedSlip& signed_slip) {
  const Slip& slip = signed_slip.slip;
  v1::Slip proto;
  proto.set_text(signed_slip.text);
  proto.set_trip_id(slip.trip_id);
  proto.set_gate_id(slip.gate_id);
  proto.set_direction(slip.is_export ? common::v1::DIRECTION_EXPORT : common::v1::DIRECTION_IMPORT);
  proto.set_plate(slip.plate);
  proto.set_trailer_plate(slip.trailer_plate);
  *proto.mutable_valid_from_time() = ToTimestamp(slip.valid_from);
  *proto.mutable_valid_until_time() = ToTimestamp(slip.valid_until);
  proto.set_key_id(slip.key_id);
  return proto;
}

v1::Workflow ToProto(const Workflow& workflow) {
  v1::Workflow proto;
  proto.set_gate_id(workflow.gate_id);
  proto.set_direction(ToProtoEnum<common::v1::Direction>(workflow.direction));
  proto.set_version(workflow.version);
  for (const WorkflowStep& step : workflow.steps) {
    v1::Workflow::Step& part = *proto.add_steps();
    part.set_step_id(step.step_id);
    part.set_role(step.role);
    for (const std::string& earlier : step.after) part.add_after_step_ids(earlier);
    part.set_title_vi(step.title_vi);
    part.set_title_en(step.title_en);
    part.set_title_zh(step.title_zh);
    for (const auto& regime : step.regimes) part.add_regimes(ToProtoEnum<v1::Regime>(regime));
    part.set_perishable_only(step.perishable_only);
  }
  proto.set_author(workflow.author);
  proto.set_reason(workflow.reason);
  *proto.mutable_create_time() = ToTimestamp(workflow.create_time);
  return proto;
}

Trip FromProto(const v1::DeclareTripRequest& request) {
  Trip trip{
      .gate_id = request.gate_id(),
      .route = request.route(),
      .direction = FromProtoEnum<Direction>(request.direction(), Direction_MAX),
      .regime = FromProtoEnum<Regime>(request.regime(), v1::Regime_MAX),
      .declaration_number = request.declaration_number(),
      .declaration_kind = request.declaration_kind(),
      .contact_phone = request.contact_phone(),
      .plate = request.plate(),
      .trailer_plate = request.trailer_plate(),
      .container_number = NormaliseContainerNumber(request.container_number()),
      .seal_numbers = {request.seal_numbers().begin(), request.seal_numbers().end()},
      .driver_id = Id<Driver>(request.driver_id()),
      .empty = request.empty(),
      .quarantine = {.growing_area_code = request.quarantine().growing_area_code(),
                     .packing_house_code = request.quarantine().packing_house_code(),
                     .certificate_number = request.quarantine().certificate_number(),
                     .driver_temperature_decicelsius = request.quarantine().driver_temperature_decicelsius(),
                     .health_declared = request.quarantine().health_declared()}};
  if (request.has_expected_arrival_time())
    trip.expected_arrival_time = ToInstant(request.expected_arrival_time());
  for (const v1::GoodsLine& line : request.goods()) trip.goods.push_back(FromProto(line));
  return trip;
}

Workflow FromProto(const v1::PutWorkflowRequest& request) {
  Workflow workflow{.gate_id = request.gate_id(),
                    .direction = FromProtoEnum<Direction>(request.direction(), Direction_MAX),
                    .reason = request.reason()};
  for (const v1::Workflow::Step& part : request.steps()) {
    WorkflowStep& step = workflow.steps.emplace_back();
    step.step_id = part.step_id();
    step.role = part.role();
    step.after = {part.after_step_ids().begin(), part.after_step_ids().end()};
    step.title_vi = part.title_vi();
    step.title_en = part.title_en();
    step.title_zh = part.title_zh();
    for (const int regime : part.regimes()) {
      step.regimes.push_back(FromProtoEnum<Regime>(static_cast<v1::Regime>(regime), v1::Regime_MAX));
    }
    step.perishable_only = part.perishable_only();
  }
  return workflow;
}

Viewer ToViewer(const rpc::Caller& caller) {
  Viewer viewer{.gate_ids = caller.gate_ids, .roles = RoleNames(caller)};
  if (caller.Has(common::v1::ROLE_ENTERPRISE)) viewer.enterprise_id = Id<Enterprise>(caller.enterprise_id);
  return viewer;
}

Officer ToOfficer(const rpc::Caller& caller) {
  return {.subject_id = caller.subject_id, .name = caller.display_name, .roles = RoleNames(caller)};
}

std::string ProtoEventBodies::Of(const Trip& trip, std::string_view step_id) const {
  v1::CustomsEvent event;
  *event.mutable_trip() = ToProto(trip);
  event.set_step_id(std::string(step_id));
  return event.SerializeAsString();
}

std::string ProtoEventBodies::Of(const Workflow& workflow) const {
  v1::CustomsEvent event;
  *event.mutable_workflow() = ToProto(workflow);
  return event.SerializeAsString();
}

}  // namespace bordergate::customs
