// The handlers by which administrators keep the accounts. What each does, and its errors in order, stands in
// the proto.
#pragma once

#include "bordergate/identity/v1/identity_service.pb.h"

#include "services/identity/api/parts.h"

namespace bordergate::identity {

class PersonApi {
 public:
  explicit PersonApi(const Parts& parts) : parts_(parts) {}

  using Call = rpc::CallContext;
  Result<v1::CreatePersonResponse> CreatePerson(const Call&, const v1::CreatePersonRequest&);
  Result<v1::ListPersonsResponse> ListPersons(const Call&, const v1::ListPersonsRequest&);
  Result<v1::SetPersonRolesResponse> SetPersonRoles(const Call&, const v1::SetPersonRolesRequest&);
  Result<v1::DisablePersonResponse> DisablePerson(const Call&, const v1::DisablePersonRequest&);
  Result<v1::ResetPasswordResponse> ResetPassword(const Call&, const v1::ResetPasswordRequest&);

 private:
  const Parts parts_;
};

}  // namespace bordergate::identity
