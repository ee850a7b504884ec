#include "libs/rpc/access.h"

#include <algorithm>

#include "libs/core/reasons.h"

namespace bordergate::rpc {

bool Caller::Has(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

bool Caller::MaySeeGate(std::string_view gate_id) const {
  return gate_ids.empty() || std::find(gate_ids.begin(), gate_ids.end(), gate_id) != gate_ids.end();
}

Result<void> CheckAccess(const common::v1::Access& access, const Caller& caller) {
  if (access.public_()) return {};
  if (caller.signed_in()) {
    if (access.signed_in()) return {};
    for (const int role : access.roles()) {
      if (caller.Has(static_cast<Role>(role))) return {};
    }
    return Error(kRoleMissing, "the caller holds no role that may do this");
  }
  // A process that relays a call for nobody (the gateway) must not be taken for one that asks for itself, so
  // the rule names the processes one by one.
  const auto& services = access.services();
  if (std::find(services.begin(), services.end(), caller.service) != services.end()) return {};
  return Error(kUnauthenticated, "sign in first");
}

}  // namespace bordergate::rpc
