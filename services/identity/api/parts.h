// What the handlers of identity work with.
#pragma once

#include "libs/core/id.h"
#include "libs/rpc/call_context.h"
#include "services/identity/domain/access_log.h"
#include "services/identity/domain/identity_store.h"
#include "services/identity/domain/password.h"

namespace bordergate::identity {

struct Parts {
  UnitOfWork<IdentityStore>& store;
  PasswordHasher& hasher;
  const PasswordJudge& judge;
  AccessLog& log;
  IdMaker& ids;
  const Clock& clock;
  SessionRule sessions;
};

// Expired sessions are kept for this long, to answer SESSION_EXPIRED and not SESSION_UNKNOWN.
inline constexpr std::chrono::hours kSessionKeptAfterEnd{24};

// Writes down a try of a password or a secret before it is made. Whoever succeeds removes it in the
// transaction of the success (IdentityStore::RemoveTry).
//   digest   of what is tried, see domain/tries.h
//   errors   TOO_MANY_TRIES (with retry_after_s)
Result<Id<Try>> BeginTry(const Parts& parts, const rpc::CallContext& call, const std::string& digest);

// Removes a try that told nothing, or that succeeded without a transaction of its own. A try that cannot be
// removed now counts as failed.
void TakeBackTry(const Parts& parts, const rpc::CallContext& call, const Id<Try>& id);

}  // namespace bordergate::identity
