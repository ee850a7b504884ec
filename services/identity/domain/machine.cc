#include "services/identity/domain/machine.h"

namespace bordergate::identity {
namespace {

// As exchange names partners in its agreements.
bool IsPartnerId(std::string_view text) {
  return text.size() >= 2 && text.size() <= 40 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

}  // namespace

Subject SubjectOf(const ApiClient& client) {
  return {.kind = SubjectKind::kApiClient,
          .id = client.id.value(),
          .display_name = client.title,
          .roles = {client.partner_id.empty() ? Role::kEnterprise : Role::kPartner},
          .enterprise_id = client.enterprise_id,
          .partner_id = client.partner_id,
          .gate_ids = {}};
}

Subject SubjectOf(const Device& device) {
  return {.kind = SubjectKind::kDevice,
          .id = device.id.value(),
          .display_name = device.title,
          .roles = {Role::kDevice},
          .enterprise_id = {},
          .partner_id = {},
          .gate_ids = {device.gate_id}};
}

void CheckApiClient(const ApiClient& client, FieldChecks& checks) {
  checks.Text("title", client.title, {.length_min = 1, .length_max = 120});
  if (!client.enterprise_id.empty()) {
    checks.Require(client.partner_id.empty(), "partner_id", "PARTNER_ID_NOT_YOURS",
                   "must be empty: an enterprise's client acts for the enterprise");
  } else {
    checks.Require(
        IsPartnerId(client.partner_id), "partner_id", "PARTNER_ID_INVALID",
        "must have 2 to 40 characters of a to z, digits and hyphen, for example pingxiang-customs");
  }
}

void CheckDevice(const Device& device, FieldChecks& checks) {
  checks.Text("title", device.title, {.length_min = 1, .length_max = 120});
  CheckGateId("gate_id", device.gate_id, checks);
}

}  // namespace bordergate::identity
