// The handlers by which people come in and go out. What each does, and its errors in order, stands in the
// proto.
#pragma once

#include "bordergate/identity/v1/identity_service.pb.h"

#include "services/identity/api/parts.h"

namespace bordergate::identity {

class SignInApi {
 public:
  explicit SignInApi(const Parts& parts) : parts_(parts) {}

  using Call = rpc::CallContext;
  Result<v1::SignUpResponse> SignUp(const Call&, const v1::SignUpRequest&);
  Result<v1::SignInResponse> SignIn(const Call&, const v1::SignInRequest&);
  Result<v1::SignOutResponse> SignOut(const Call&, const v1::SignOutRequest&);
  Result<v1::GetMeResponse> GetMe(const Call&, const v1::GetMeRequest&);
  Result<v1::ChangePasswordResponse> ChangePassword(const Call&, const v1::ChangePasswordRequest&);

 private:
  // Starts the session of somebody whose password was right, unless the account has changed since.
  Result<v1::SignInResponse> Admit(const Call& call, const Account& account, const std::string& password,
                                   const Id<Try>& one);

  const Parts parts_;
};

}  // namespace bordergate::identity
