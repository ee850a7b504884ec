#include "services/identity/api/register.h"

#include "bordergate/identity/v1/identity_service.rpc.h"

#include "libs/core/event_source.h"
#include "libs/rpc/server.h"
#include "libs/rpc/watch.h"

namespace bordergate::identity {

void Register(rpc::Server& server, IdentityApi& api, EventSource& events) {
  namespace methods = v1::identity_service;
  server.Add<methods::SignUp>(std::bind_front(&SignInApi::SignUp, &api.sign_in));
  server.Add<methods::SignIn>(std::bind_front(&SignInApi::SignIn, &api.sign_in));
  server.Add<methods::SignOut>(std::bind_front(&SignInApi::SignOut, &api.sign_in));
  server.Add<methods::GetMe>(std::bind_front(&SignInApi::GetMe, &api.sign_in));
  server.Add<methods::ChangePassword>(std::bind_front(&SignInApi::ChangePassword, &api.sign_in));
  server.Add<methods::CreatePerson>(std::bind_front(&PersonApi::CreatePerson, &api.persons));
  server.Add<methods::ListPersons>(std::bind_front(&PersonApi::ListPersons, &api.persons));
  server.Add<methods::SetPersonRoles>(std::bind_front(&PersonApi::SetPersonRoles, &api.persons));
  server.Add<methods::DisablePerson>(std::bind_front(&PersonApi::DisablePerson, &api.persons));
  server.Add<methods::ResetPassword>(std::bind_front(&PersonApi::ResetPassword, &api.persons));
  server.Add<methods::CreateApiClient>(std::bind_front(&MachineApi::CreateApiClient, &api.machines));
  server.Add<methods::ListApiClients>(std::bind_front(&MachineApi::ListApiClients, &api.machines));
  server.Add<methods::RevokeApiClient>(std::bind_front(&MachineApi::RevokeApiClient, &api.machines));
  server.Add<methods::RegisterDevice>(std::bind_front(&MachineApi::RegisterDevice, &api.machines));
  server.Add<methods::ListDevices>(std::bind_front(&MachineApi::ListDevices, &api.machines));
  server.Add<methods::RevokeDevice>(std::bind_front(&MachineApi::RevokeDevice, &api.machines));
  server.Add<methods::IssueToken>(std::bind_front(&TokenApi::IssueToken, &api.tokens));
  server.Add<methods::ResolveToken>(std::bind_front(&TokenApi::ResolveToken, &api.tokens));
  server.AddStream<methods::Watch>(
      [&events](const rpc::CallContext&, const v1::WatchRequest& request, auto& writer) {
        return rpc::ServeWatch<methods::Watch>(events, request, writer);
      });
}

}  // namespace bordergate::identity
