// Those who ask without being a person: a program of an enterprise or of a partner, and a machine at a gate.
#pragma once

#include <optional>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/id.h"
#include "services/identity/domain/subject.h"

namespace bordergate::identity {

// Acts for exactly one enterprise or exactly one partner.
struct ApiClient {
  Id<ApiClient> id;
  std::string title;
  std::string enterprise_id;
  std::string partner_id;
  Instant create_time;
  std::optional<Instant> revoke_time;     // absent while it works
  std::optional<Instant> last_used_time;  // when a token was last issued to it; absent when never
};

struct Device {
  Id<Device> id;
  std::string title;
  std::string gate_id;
  Instant create_time;
  std::optional<Instant> revoke_time;  // absent while it works
};

// A client holds ROLE_ENTERPRISE or ROLE_PARTNER, a device ROLE_DEVICE at its gate. Nothing else can be given
// to them.
Subject SubjectOf(const ApiClient& client);
Subject SubjectOf(const Device& device);

// Adds every fault of a new client whose owner is set already: exactly one of enterprise and partner.
// Reasons: those of FieldChecks::Text, PARTNER_ID_NOT_YOURS, PARTNER_ID_INVALID.
void CheckApiClient(const ApiClient& client, FieldChecks& checks);

// Reasons: those of FieldChecks::Text, GATE_ID_INVALID.
void CheckDevice(const Device& device, FieldChecks& checks);

}  // namespace bordergate::identity
