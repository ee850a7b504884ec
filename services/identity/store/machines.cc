// API clients and devices.
#include "services/identity/domain/reasons.h"
#include "services/identity/store/postgres_identity_store.h"
#include "services/identity/store/rows.h"

namespace bordergate::identity {

using db::Rows;

Result<void> PostgresIdentityStore::AddApiClient(const ApiClient& client, std::string_view secret_digest) {
  BG_TRY(transaction().Execute(
      "INSERT INTO api_clients (api_client_id, title, enterprise_id, partner_id, secret_digest, create_time) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      {client.id, client.title, client.enterprise_id, client.partner_id, db::Bytes{secret_digest},
       client.create_time}));
  return {};
}

Result<ApiClient> PostgresIdentityStore::LockApiClient(const Id<ApiClient>& id) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM api_clients WHERE api_client_id = $1 FOR UPDATE", {id}));
  if (rows.empty()) return Error(kApiClientNotFound, "there is no such API client");
  return ToApiClient(rows.front());
}

Result<std::optional<std::string>> PostgresIdentityStore::FindSecretDigest(const Id<ApiClient>& id) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT secret_digest FROM api_clients WHERE api_client_id = $1", {id}));
  if (rows.empty()) return std::optional<std::string>();
  return std::optional(rows.front().Bytes("secret_digest"));
}

Result<void> PostgresIdentityStore::SaveApiClient(const ApiClient& client) {
  BG_TRY(transaction().Execute(
      "UPDATE api_clients SET revoke_time = $2, last_used_time = $3 WHERE api_client_id = $1",
      {client.id, client.revoke_time, client.last_used_time}));
  return {};
}

Result<PageOf<ApiClient>> PostgresIdentityStore::ListApiClients(
    const std::optional<std::string>& enterprise_id, const Page& page) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM api_clients WHERE ($1::text IS NULL OR enterprise_id = $1) "
                                   "AND ($2 = '' OR api_client_id < $2) ORDER BY api_client_id DESC LIMIT $3",
                                   {enterprise_id, page.after, page.size + 1}));
  return ToPage<ApiClient>(rows, page, ToApiClient,
                           [](const ApiClient& client) { return client.id.value(); });
}

Result<void> PostgresIdentityStore::AddDevice(const Device& device) {
  BG_TRY(transaction().Execute(
      "INSERT INTO devices (device_id, title, gate_id, create_time) VALUES ($1, $2, $3, $4)",
      {device.id, device.title, device.gate_id, device.create_time}));
  return {};
}

Result<Device> PostgresIdentityStore::LockDevice(const Id<Device>& id) {
  const Rows rows =
      BG_TRY(transaction().Execute("SELECT * FROM devices WHERE device_id = $1 FOR UPDATE", {id}));
  if (rows.empty()) return Error(kDeviceNotFound, "there is no such device");
  return ToDevice(rows.front());
}

Result<void> PostgresIdentityStore::SaveDevice(const Device& device) {
  BG_TRY(transaction().Execute("UPDATE devices SET revoke_time = $2 WHERE device_id = $1",
                               {device.id, device.revoke_time}));
  return {};
}

Result<PageOf<Device>> PostgresIdentityStore::ListDevices(const Page& page) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM devices WHERE $1 = '' OR device_id < $1 ORDER BY device_id DESC LIMIT $2",
      {page.after, page.size + 1}));
  return ToPage<Device>(rows, page, ToDevice, [](const Device& device) { return device.id.value(); });
}

}  // namespace bordergate::identity
