#include "services/vehicle/api/vehicle_api.h"

#include "libs/core/reasons.h"
#include "libs/plate/plate.h"
#include "libs/rpc/once.h"
#include "services/vehicle/api/convert.h"
#include "services/vehicle/domain/reasons.h"

namespace bordergate::vehicle {
namespace {

using rpc::Role;
using rpc::RunOnce;

// Documents end with the day in Vietnam, which is ahead of UTC all year.
constexpr std::chrono::hours kVietnamOffset{7};

// An enterprise sees only its own; officers see all. `hidden` is the answer for what is not there.
Result<void> CheckMaySee(const rpc::CallContext& call, const Id<Enterprise>& owner, const Error& hidden) {
  if (call.caller.Has(common::v1::ROLE_ENTERPRISE) && call.caller.enterprise_id != owner.value())
    return hidden;
  return {};
}

std::optional<Id<Enterprise>> OwnerFilter(const rpc::CallContext& call) {
  if (!call.caller.Has(common::v1::ROLE_ENTERPRISE)) return std::nullopt;
  return Id<Enterprise>(call.caller.enterprise_id);
}

// The enterprise of the caller, which must have registered.
Result<Enterprise> OwnEnterprise(VehicleStore& store, const rpc::CallContext& call) {
  Result<Enterprise> enterprise = store.FindEnterprise(Id<Enterprise>(call.caller.enterprise_id));
  if (!enterprise && enterprise.error().Is(kEnterpriseNotFound)) {
    return Error(kEnterpriseNotRegistered, "register the enterprise of this account first");
  }
  return enterprise;
}

}  // namespace

Result<v1::RegisterEnterpriseResponse> VehicleApi::RegisterEnterprise(
    const Call& call, const v1::RegisterEnterpriseRequest& request) {
  Enterprise enterprise = FromProto(request);
  enterprise.id = Id<Enterprise>(call.caller.enterprise_id);
  enterprise.register_time = clock_.Now();
  FieldChecks checks;
  CheckEnterprise(enterprise, checks);
  BG_TRY(checks.Done());
  return RunOnce<v1::RegisterEnterpriseResponse>(
      vehicles_, call, request, [&](VehicleStore& store) -> Result<v1::RegisterEnterpriseResponse> {
        BG_TRY(store.AddEnterprise(enterprise));
        BG_TRY(store.Append(ToEvent(call, "enterprise.registered", enterprise)));
        v1::RegisterEnterpriseResponse response;
        *response.mutable_enterprise() = ToProto(enterprise);
        return response;
      });
}

Result<v1::GetEnterpriseResponse> VehicleApi::GetEnterprise(const Call& call,
                                                            const v1::GetEnterpriseRequest& request) {
  v1::GetEnterpriseResponse response;
  BG_TRY(vehicles_.Read(call.deadline, [&](VehicleStore& store) -> Result<void> {
    const Id<Enterprise> id(request.enterprise_id());
    BG_TRY(CheckMaySee(call, id, Error(kEnterpriseNotFound, "there is no such enterprise")));
    *response.mutable_enterprise() = ToProto(BG_TRY(store.FindEnterprise(id)));
    return {};
  }));
  return response;
}

Result<v1::RegisterVehicleResponse> VehicleApi::RegisterVehicle(const Call& call,
                                                                const v1::RegisterVehicleRequest& request) {
  Vehicle vehicle = FromProto(request);
  FieldChecks checks;
  CheckVehicle(vehicle, checks);
  BG_TRY(checks.Done());
  vehicle.id = ids_.New<Vehicle>("vehicle");
  vehicle.register_time = clock_.Now();
  return RunOnce<v1::RegisterVehicleResponse>(
      vehicles_, call, request, [&](VehicleStore& store) -> Result<v1::RegisterVehicleResponse> {
        vehicle.enterprise_id = BG_TRY(OwnEnterprise(store, call)).id;
        BG_TRY(store.AddVehicle(vehicle));
        BG_TRY(store.Append(ToEvent(call, "vehicle.registered", vehicle)));
        v1::RegisterVehicleResponse response;
        *response.mutable_vehicle() = ToProto(vehicle);
        return response;
      });
}

Result<v1::SetVehicleTagResponse> VehicleApi::SetVehicleTag(const Call& call,
                                                            const v1::SetVehicleTagRequest& request) {
  const std::string tag_id = TagIdFrom(request.tag_id());
  FieldChecks checks;
  CheckTagId(tag_id, checks);
  BG_TRY(checks.Done());
  return RunOnce<v1::SetVehicleTagResponse>(
      vehicles_, call, request, [&](VehicleStore& store) -> Result<v1::SetVehicleTagResponse> {
        Vehicle vehicle = BG_TRY(store.LockVehicle(Id<Vehicle>(request.vehicle_id())));
        BG_TRY(CheckMaySee(call, vehicle.enterprise_id, Error(kVehicleNotFound, "there is no such vehicle")));
        if (vehicle.tag_id != tag_id) {
          vehicle.tag_id = tag_id;
          BG_TRY(store.ChangeTag(vehicle));
          BG_TRY(store.Append(ToEvent(call, "vehicle.tag_changed", vehicle)));
        }
        v1::SetVehicleTagResponse response;
        *response.mutable_vehicle() = ToProto(vehicle);
        return response;
      });
}

Result<v1::GetVehicleResponse> VehicleApi::GetVehicle(const Call& call,
                                                      const v1::GetVehicleRequest& request) {
  v1::GetVehicleResponse response;
  BG_TRY(vehicles_.Read(call.deadline, [&](VehicleStore& store) -> Result<void> {
    const Vehicle vehicle = BG_TRY(store.FindVehicle(Id<Vehicle>(request.vehicle_id())));
    BG_TRY(CheckMaySee(call, vehicle.enterprise_id, Error(kVehicleNotFound, "there is no such vehicle")));
    *response.mutable_vehicle() = ToProto(vehicle);
    return {};
  }));
  return response;
}

Result<v1::FindVehicleResponse> VehicleApi::FindVehicle(const Call& call,
                                                        const v1::FindVehicleRequest& request) {
  FieldChecks checks;
  const Result<Plate> plate = ParsePlate(request.plate());
  if (!plate) checks.Require(false, "plate", kPlateInvalid.name, plate.error().message());
  BG_TRY(checks.Done());
  v1::FindVehicleResponse response;
  BG_TRY(vehicles_.Read(call.deadline, [&](VehicleStore& store) -> Result<void> {
    const Vehicle vehicle = BG_TRY(store.FindVehicleByPlate(plate->key));
    BG_TRY(CheckMaySee(call, vehicle.enterprise_id,
                       Error(kVehicleNotFound, "no vehicle is registered under this plate")));
    *response.mutable_vehicle() = ToProto(vehicle);
    return {};
  }));
  return response;
}

Result<v1::ListVehiclesResponse> VehicleApi::ListVehicles(const Call& call,
                                                          const v1::ListVehiclesRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListVehiclesResponse response;
  BG_TRY(vehicles_.Read(call.deadline, [&](VehicleStore& store) -> Result<void> {
    const auto vehicles = BG_TRY(store.ListVehicles(OwnerFilter(call), page));
    for (const Vehicle& vehicle : vehicles.items) *response.add_vehicles() = ToProto(vehicle);
    response.set_next_page_token(PageToken(vehicles.last_key));
    return {};
  }));
  return response;
}

Result<v1::RegisterDriverResponse> VehicleApi::RegisterDriver(const Call& call,
                                                              const v1::RegisterDriverRequest& request) {
  Driver driver = FromProto(request);
  FieldChecks checks;
  CheckDriver(driver, std::chrono::floor<std::chrono::days>(clock_.Now() + kVietnamOffset), checks);
  BG_TRY(checks.Done());
  driver.id = ids_.New<Driver>("driver");
  driver.register_time = clock_.Now();
  return RunOnce<v1::RegisterDriverResponse>(
      vehicles_, call, request, [&](VehicleStore& store) -> Result<v1::RegisterDriverResponse> {
        driver.enterprise_id = BG_TRY(OwnEnterprise(store, call)).id;
        BG_TRY(store.AddDriver(driver));
        BG_TRY(store.Append(ToEvent(call, "driver.registered", driver)));
        v1::RegisterDriverResponse response;
        *response.mutable_driver() = ToProto(driver);
        return response;
      });
}

Result<v1::GetDriverResponse> VehicleApi::GetDriver(const Call& call, const v1::GetDriverRequest& request) {
  v1::GetDriverResponse response;
  BG_TRY(vehicles_.Read(call.deadline, [&](VehicleStore& store) -> Result<void> {
    const Driver driver = BG_TRY(store.FindDriver(Id<Driver>(request.driver_id())));
    BG_TRY(CheckMaySee(call, driver.enterprise_id, Error(kDriverNotFound, "there is no such driver")));
    *response.mutable_driver() = ToProto(driver);
    return {};
  }));
  return response;
}

Result<v1::ListDriversResponse> VehicleApi::ListDrivers(const Call& call,
                                                        const v1::ListDriversRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListDriversResponse response;
  BG_TRY(vehicles_.Read(call.deadline, [&](VehicleStore& store) -> Result<void> {
    const auto drivers = BG_TRY(store.ListDrivers(Id<Enterprise>(call.caller.enterprise_id), page));
    for (const Driver& driver : drivers.items) *response.add_drivers() = ToProto(driver);
    response.set_next_page_token(PageToken(drivers.last_key));
    return {};
  }));
  return response;
}

Result<v1::AddWatchListEntryResponse> VehicleApi::AddWatchListEntry(
    const Call& call, const v1::AddWatchListEntryRequest& request) {
  WatchListEntry entry = FromProto(request);
  FieldChecks checks;
  CheckWatchListEntry(entry, checks);
  BG_TRY(checks.Done());
  entry.id = ids_.New<WatchListEntry>("watch");
  entry.added_by = call.caller.subject_id;
  entry.add_time = clock_.Now();
  return RunOnce<v1::AddWatchListEntryResponse>(
      vehicles_, call, request, [&](VehicleStore& store) -> Result<v1::AddWatchListEntryResponse> {
        BG_TRY(store.AddWatchListEntry(entry));
        BG_TRY(store.Append(ToEvent(call, "watch_list.entry_added", entry)));
        v1::AddWatchListEntryResponse response;
        *response.mutable_watch_list_entry() = ToProto(entry);
        return response;
      });
}

Result<v1::RemoveWatchListEntryResponse> VehicleApi::RemoveWatchListEntry(
    const Call& call, const v1::RemoveWatchListEntryRequest& request) {
  FieldChecks checks;
  checks.Text("reason", request.reason(), {.length_min = 3, .length_max = 500});
  BG_TRY(checks.Done());
  return RunOnce<v1::RemoveWatchListEntryResponse>(
      vehicles_, call, request, [&](VehicleStore& store) -> Result<v1::RemoveWatchListEntryResponse> {
        WatchListEntry entry =
            BG_TRY(store.LockWatchListEntry(Id<WatchListEntry>(request.watch_list_entry_id())));
        if (!entry.remove_time) {
          entry.remove_time = clock_.Now();
          BG_TRY(store.EndWatchListEntry(entry, call.caller.subject_id, request.reason()));
          BG_TRY(store.Append(ToEvent(call, "watch_list.entry_removed", entry)));
        }
        v1::RemoveWatchListEntryResponse response;
        *response.mutable_watch_list_entry() = ToProto(entry);
        return response;
      });
}

Result<v1::ListWatchListResponse> VehicleApi::ListWatchList(const Call& call,
                                                            const v1::ListWatchListRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListWatchListResponse response;
  BG_TRY(vehicles_.Read(call.deadline, [&](VehicleStore& store) -> Result<void> {
    const auto entries = BG_TRY(store.ListWatchList(page));
    for (const WatchListEntry& entry : entries.items) *response.add_watch_list_entries() = ToProto(entry);
    response.set_next_page_token(PageToken(entries.last_key));
    return {};
  }));
  return response;
}

}  // namespace bordergate::vehicle
