// Signing (identity) and checking (every server) of caller assertions. See proto common/v1/assertion.proto.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "bordergate/common/v1/assertion.pb.h"

#include "libs/core/clock.h"
#include "libs/core/result.h"
#include "libs/rpc/caller.h"

namespace bordergate::rpc {

// The assertion is not identity's, or is broken.
// Caller: sign in again.
inline constexpr Reason kAssertionInvalid{"ASSERTION_INVALID", Code::kUnauthenticated};

// The assertion has ended.
// Caller: the gateway asks identity again; a person need not do anything.
inline constexpr Reason kAssertionExpired{"ASSERTION_EXPIRED", Code::kUnauthenticated};

//   seed   Ed25519 seed, 32 bytes
common::v1::SignedAssertion SignAssertion(const common::v1::CallerAssertion& assertion,
                                          const std::string& key_id, const std::string& seed);

// Checks assertions against the public keys of a folder (<key_id>.pub). A key id that is not known yet is
// looked for in the folder again, at most once a second. Safe for use by several threads.
class AssertionVerifier {
 public:
  AssertionVerifier(std::filesystem::path public_key_folder, const Clock& clock)
      : folder_(std::move(public_key_folder)), clock_(clock) {}

  // Fills the caller's subject from a serialized SignedAssertion.
  //   errors   ASSERTION_INVALID, ASSERTION_EXPIRED
  Result<void> Apply(const std::string& signed_assertion, Caller& caller);

 private:
  Result<std::string> PublicKey(const std::string& key_id);

  std::filesystem::path folder_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, std::string> keys_;  // by key id
  SteadyInstant next_look_{};
};

}  // namespace bordergate::rpc
