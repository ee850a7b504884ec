// The `access` option of an RPC, enforced by every server itself.
#pragma once

#include "bordergate/common/v1/access.pb.h"

#include "libs/core/result.h"
#include "libs/rpc/caller.h"

namespace bordergate::rpc {

// Whether the caller fits one line of the rule.
//   errors   UNAUTHENTICATED (nobody is signed in, and the rule asks for somebody), ROLE_MISSING
Result<void> CheckAccess(const common::v1::Access& access, const Caller& caller);

}  // namespace bordergate::rpc
