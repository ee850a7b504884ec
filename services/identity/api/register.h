// Every RPC of IdentityService, bound to its handler.
#pragma once

#include "services/identity/api/machine_api.h"
#include "services/identity/api/person_api.h"
#include "services/identity/api/sign_in_api.h"
#include "services/identity/api/token_api.h"

namespace bordergate::rpc {
class Server;
}
namespace bordergate {
class EventSource;
}

namespace bordergate::identity {

// The handlers of IdentityService.
struct IdentityApi {
  IdentityApi(const Parts& parts, AssertionKey key)
      : sign_in(parts), persons(parts), machines(parts), tokens(parts, std::move(key)) {}

  SignInApi sign_in;
  PersonApi persons;
  MachineApi machines;
  TokenApi tokens;
};

void Register(rpc::Server& server, IdentityApi& api, EventSource& events);

}  // namespace bordergate::identity
