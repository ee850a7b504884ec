#include "services/vehicle/api/convert.h"

#include "libs/core/check.h"
#include "libs/plate/plate.h"
#include "libs/rpc/time.h"

namespace bordergate::vehicle {
namespace {

using rpc::ToTimestamp;

// Enum values of the contract are those of the rules plus one, zero being "unspecified".
template <class Enum, class ProtoEnum>
std::optional<Enum> FromProtoEnum(ProtoEnum value, int last) {
  if (value <= 0 || value > last) return std::nullopt;
  return static_cast<Enum>(value - 1);
}

template <class ProtoEnum, class Enum>
ProtoEnum ToProtoEnum(const std::optional<Enum>& value) {
  return value ? static_cast<ProtoEnum>(static_cast<int>(*value) + 1) : ProtoEnum{};
}

common::v1::Plate ToProtoPlate(const std::string& as_written) {
  common::v1::Plate proto;
  const auto plate = ParsePlate(as_written);
  BG_CHECK(plate.has_value(), "only plates that were checked are kept");
  proto.set_raw(as_written);
  proto.set_normalised(plate->normalised);
  proto.set_country_code(std::string(CountryCode(plate->country)));
  return proto;
}

NewEvent MakeEvent(const rpc::CallContext& call, std::string_view kind, const v1::VehicleEvent& event) {
  return {.kind = std::string(kind),
          .actor = call.caller.actor(),
          .trace_id = call.trace.trace_id,
          .body = event.SerializeAsString()};
}

}  // namespace

v1::Enterprise ToProto(const Enterprise& enterprise) {
  v1::Enterprise proto;
  proto.set_enterprise_id(enterprise.id.value());
  proto.set_name(enterprise.name);
  proto.set_tax_code(enterprise.tax_code);
  proto.set_address(enterprise.address);
  proto.set_phone(enterprise.phone);
  *proto.mutable_register_time() = ToTimestamp(enterprise.register_time);
  return proto;
}

v1::Vehicle ToProto(const Vehicle& vehicle) {
  v1::Vehicle proto;
  proto.set_vehicle_id(vehicle.id.value());
  proto.set_enterprise_id(vehicle.enterprise_id.value());
  proto.set_kind(ToProtoEnum<v1::Vehicle::Kind>(vehicle.kind));
  *proto.mutable_plate() = ToProtoPlate(vehicle.plate_as_written);
  proto.set_vin(vehicle.vin);
  proto.set_axle_count(vehicle.axle_count);
  proto.set_tare_kg(vehicle.tare_kg);
  proto.set_permitted_mass_kg(vehicle.permitted_mass_kg);
  proto.set_permit_number(vehicle.permit_number);
  proto.set_permit_expire_date(vehicle.permit_expire_date);
  proto.set_tag_id(vehicle.tag_id);
  *proto.mutable_register_time() = ToTimestamp(vehicle.register_time);
  return proto;
}

v1::Driver ToProto(const Driver& driver) {
  v1::Driver proto;
  proto.set_driver_id(driver.id.value());
  proto.set_enterprise_id(driver.enterprise_id.value());
  proto.set_name(driver.name);
  proto.set_nationality_code(driver.nationality_code);
  proto.set_document_kind(ToProtoEnum<v1::Driver::DocumentKind>(driver.document_kind));
  proto.set_document_number(driver.document_number);
  proto.set_document_expire_date(driver.document_expire_date);
  proto.set_phone(driver.phone);
  *proto.mutable_register_time() = ToTimestamp(driver.register_time);
  return proto;
}

v1::WatchListEntry ToProto(const WatchListEntry& entry) {
  v1::WatchListEntry proto;
  proto.set_watch_list_entry_id(entry.id.value());
  *proto.mutable_plate() = ToProtoPlate(entry.plate_as_written);
  proto.set_cause(ToProtoEnum<v1::WatchListEntry::Cause>(entry.cause));
  proto.set_note(entry.note);
  proto.set_added_by(entry.added_by);
  *proto.mutable_add_time() = ToTimestamp(entry.add_time);
  if (entry.remove_time) *proto.mutable_remove_time() = ToTimestamp(*entry.remove_time);
  return proto;
}

Enterprise FromProto(const v1::RegisterEnterpriseRequest& request) {
  return {.id = {},
          .name = request.name(),
          .tax_code = request.tax_code(),
          .address = request.address(),
          .phone = request.phone()};
}

Vehicle FromProto(const v1::RegisterVehicleRequest& request) {
  return {.kind = FromProtoEnum<VehicleKind>(request.kind(), v1::Vehicle::Kind_MAX),
          .plate_as_written = request.plate(),
          .vin = request.vin(),
          .axle_count = request.axle_count(),
          .tare_kg = request.tare_kg(),
          .permitted_mass_kg = request.permitted_mass_kg(),
          .permit_number = request.permit_number(),
          .permit_expire_date = request.permit_expire_date(),
          .tag_id = TagIdFrom(request.tag_id())};
}

Driver FromProto(const v1::RegisterDriverRequest& request) {
  return {.name = request.name(),
          .nationality_code = request.nationality_code(),
          .document_kind = FromProtoEnum<DocumentKind>(request.document_kind(), v1::Driver::DocumentKind_MAX),
          .document_number = request.document_number(),
          .document_expire_date = request.document_expire_date(),
          .phone = request.phone()};
}

WatchListEntry FromProto(const v1::AddWatchListEntryRequest& request) {
  return {.plate_as_written = request.plate(),
          .cause = FromProtoEnum<WatchCause>(request.cause(), v1::WatchListEntry::Cause_MAX),
          .note = request.note()};
}

NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const Enterprise& enterprise) {
  v1::VehicleEvent event;
  *event.mutable_enterprise() = ToProto(enterprise);
  return MakeEvent(call, kind, event);
}

NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const Vehicle& vehicle) {
  v1::VehicleEvent event;
  *event.mutable_vehicle() = ToProto(vehicle);
  return MakeEvent(call, kind, event);
}

NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const Driver& driver) {
  v1::VehicleEvent event;
  *event.mutable_driver() = ToProto(driver);
  event.mutable_driver()->clear_document_number();
  event.mutable_driver()->clear_phone();
  return MakeEvent(call, kind, event);
}

NewEvent ToEvent(const rpc::CallContext& call, std::string_view kind, const WatchListEntry& entry) {
  v1::VehicleEvent event;
  *event.mutable_watch_list_entry() = ToProto(entry);
  return MakeEvent(call, kind, event);
}

}  // namespace bordergate::vehicle
