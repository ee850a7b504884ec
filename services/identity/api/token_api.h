// The handlers that give tokens to programs, and that turn any token into an assertion. What each does, and
// its errors in order, stands in the proto.
#pragma once

#include "bordergate/identity/v1/identity_service.pb.h"

#include "services/identity/api/parts.h"

namespace bordergate::identity {

// With what assertions are signed.
struct AssertionKey {
  std::string id;      // for example "2026-11"
  std::string seed;    // Ed25519, 32 bytes
  seconds lifetime{};  // of an assertion, at most 60 s
};

class TokenApi {
 public:
  TokenApi(const Parts& parts, AssertionKey key) : parts_(parts), key_(std::move(key)) {}

  using Call = rpc::CallContext;
  Result<v1::IssueTokenResponse> IssueToken(const Call&, const v1::IssueTokenRequest&);
  Result<v1::ResolveTokenResponse> ResolveToken(const Call&, const v1::ResolveTokenRequest&);

 private:
  const Parts parts_;
  const AssertionKey key_;
};

}  // namespace bordergate::identity
