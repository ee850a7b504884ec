#include "services/identity/store/rows.h"

#include "services/identity/store/names.h"

namespace bordergate::identity {

Person ToPerson(const db::Row& row) {
  return {.id = Id<Person>(row.Text("person_id")),
          .sign_in_name = row.Text("sign_in_name"),
          .display_name = row.Text("display_name"),
          .roles = SplitRoles(row.Text("roles")),
          .enterprise_id = row.Text("enterprise_id"),
          .gate_ids = SplitIds(row.Text("gate_ids")),
          .disable_time = row.OptionalTime("disable_time"),
          .create_time = row.Time("create_time")};
}

ApiClient ToApiClient(const db::Row& row) {
  return {.id = Id<ApiClient>(row.Text("api_client_id")),
          .title = row.Text("title"),
          .enterprise_id = row.Text("enterprise_id"),
          .partner_id = row.Text("partner_id"),
          .create_time = row.Time("create_time"),
          .revoke_time = row.OptionalTime("revoke_time"),
          .last_used_time = row.OptionalTime("last_used_time")};
}

Device ToDevice(const db::Row& row) {
  return {.id = Id<Device>(row.Text("device_id")),
          .title = row.Text("title"),
          .gate_id = row.Text("gate_id"),
          .create_time = row.Time("create_time"),
          .revoke_time = row.OptionalTime("revoke_time")};
}

}  // namespace bordergate::identity
