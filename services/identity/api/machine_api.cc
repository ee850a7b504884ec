#include "services/identity/api/machine_api.h"

#include "libs/core/reasons.h"
#include "libs/core/text.h"
#include "libs/rpc/once.h"
#include "services/identity/api/convert.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/domain/secret.h"

namespace bordergate::identity {
namespace {

using rpc::RunOnce;

// A stolen token must not be able to make itself a successor, nor to shut out its owner's other programs.
Result<void> CheckIsPerson(const rpc::CallContext& call) {
  if (call.caller.subject_id.starts_with("person_")) return {};
  return Error(kRoleMissing, "only a person may make or revoke API clients");
}

// An enterprise sees only its own clients.
std::optional<std::string> OwnerFilter(const rpc::CallContext& call) {
  if (!call.caller.Has(common::v1::ROLE_ENTERPRISE)) return std::nullopt;
  return call.caller.enterprise_id;
}

}  // namespace

Result<v1::CreateApiClientResponse> MachineApi::CreateApiClient(const Call& call,
                                                                const v1::CreateApiClientRequest& request) {
  BG_TRY(CheckIsPerson(call));
  const ApiClient client{.id = parts_.ids.New<ApiClient>("client"),
                         .title = NormaliseNfc(request.title()),
                         .enterprise_id = call.caller.enterprise_id,
                         .partner_id = request.partner_id(),
                         .create_time = parts_.clock.Now(),
                         .revoke_time = std::nullopt,
                         .last_used_time = std::nullopt};
  FieldChecks checks;
  CheckApiClient(client, checks);
  BG_TRY(checks.Done());
  const Secret secret = NewSecret(kClientSecretPrefix);
  return RunOnce<v1::CreateApiClientResponse>(
      parts_.store, call, request,
      [&](IdentityStore& store) -> Result<v1::CreateApiClientResponse> {
        BG_TRY(store.AddApiClient(client, secret.digest));
        BG_TRY(store.Append(ToEvent(call, "api_client.created", client.id.value())));
        v1::CreateApiClientResponse response;
        *response.mutable_api_client() = ToProto(client);
        response.set_client_secret(secret.text);
        return response;
      },
      {.response = [](v1::CreateApiClientResponse& kept) { kept.clear_client_secret(); }});
}

Result<v1::ListApiClientsResponse> MachineApi::ListApiClients(const Call& call,
                                                              const v1::ListApiClientsRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListApiClientsResponse response;
  BG_TRY(parts_.store.Read(call.deadline, [&](IdentityStore& store) -> Result<void> {
    const auto clients = BG_TRY(store.ListApiClients(OwnerFilter(call), page));
    for (const ApiClient& client : clients.items) *response.add_api_clients() = ToProto(client);
    response.set_next_page_token(PageToken(clients.last_key));
    return {};
  }));
  return response;
}

Result<v1::RevokeApiClientResponse> MachineApi::RevokeApiClient(const Call& call,
                                                                const v1::RevokeApiClientRequest& request) {
  BG_TRY(CheckIsPerson(call));
  return RunOnce<v1::RevokeApiClientResponse>(
      parts_.store, call, request, [&](IdentityStore& store) -> Result<v1::RevokeApiClientResponse> {
        ApiClient client = BG_TRY(store.LockApiClient(Id<ApiClient>(request.api_client_id())));
        const auto owner = OwnerFilter(call);
        if (owner && client.enterprise_id != *owner) {
          return Error(kApiClientNotFound, "there is no such API client");
        }
        if (!client.revoke_time) {
          client.revoke_time = parts_.clock.Now();
          BG_TRY(store.SaveApiClient(client));
          BG_TRY(store.EndSessionsOf(client.id.value(), 0, {}));
          BG_TRY(store.Append(ToEvent(call, "api_client.revoked", client.id.value())));
        }
        v1::RevokeApiClientResponse response;
        *response.mutable_api_client() = ToProto(client);
        return response;
      });
}

Result<v1::RegisterDeviceResponse> MachineApi::RegisterDevice(const Call& call,
                                                              const v1::RegisterDeviceRequest& request) {
  const Instant now = parts_.clock.Now();
  const Device device{.id = parts_.ids.New<Device>("device"),
                      .title = NormaliseNfc(request.title()),
                      .gate_id = request.gate_id(),
                      .create_time = now,
                      .revoke_time = std::nullopt};
  FieldChecks checks;
  CheckDevice(device, checks);
  BG_TRY(checks.Done());
  const Secret secret = NewSecret(kDevicePrefix);
  const Session session = NewDeviceSession(parts_.ids.New<Session>("session"), device.id.value(), now);
  return RunOnce<v1::RegisterDeviceResponse>(
      parts_.store, call, request,
      [&](IdentityStore& store) -> Result<v1::RegisterDeviceResponse> {
        BG_TRY(store.AddDevice(device));
        BG_TRY(store.AddSession(session, secret.digest, now - kSessionKeptAfterEnd));
        BG_TRY(store.Append(ToEvent(call, "device.registered", device.id.value())));
        v1::RegisterDeviceResponse response;
        *response.mutable_device() = ToProto(device);
        response.set_device_token(secret.text);
        return response;
      },
      {.response = [](v1::RegisterDeviceResponse& kept) { kept.clear_device_token(); }});
}

Result<v1::ListDevicesResponse> MachineApi::ListDevices(const Call& call,
                                                        const v1::ListDevicesRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListDevicesResponse response;
  BG_TRY(parts_.store.Read(call.deadline, [&](IdentityStore& store) -> Result<void> {
    const auto devices = BG_TRY(store.ListDevices(page));
    for (const Device& device : devices.items) *response.add_devices() = ToProto(device);
    response.set_next_page_token(PageToken(devices.last_key));
    return {};
  }));
  return response;
}

Result<v1::RevokeDeviceResponse> MachineApi::RevokeDevice(const Call& call,
                                                          const v1::RevokeDeviceRequest& request) {
  return RunOnce<v1::RevokeDeviceResponse>(
      parts_.store, call, request, [&](IdentityStore& store) -> Result<v1::RevokeDeviceResponse> {
        Device device = BG_TRY(store.LockDevice(Id<Device>(request.device_id())));
        if (!device.revoke_time) {
          device.revoke_time = parts_.clock.Now();
          BG_TRY(store.SaveDevice(device));
          BG_TRY(store.EndSessionsOf(device.id.value(), 0, {}));
          BG_TRY(store.Append(ToEvent(call, "device.revoked", device.id.value())));
        }
        v1::RevokeDeviceResponse response;
        *response.mutable_device() = ToProto(device);
        return response;
      });
}

}  // namespace bordergate::identity
