#include "services/identity/signing_key.h"

#include <cstdlib>
#include <iostream>

#include "libs/rpc/assertion.h"
#include "libs/rpc/key_file.h"
#include "services/identity/api/convert.h"

namespace bordergate::identity {

AssertionKey ReadKeyOrExit(const IdentityConfig& config) {
  const Result<std::string> seed = ReadEd25519Seed(config.signing_key_file);
  if (!seed) {
    std::cerr << "assertion.signing_key_file: " << seed.error().message()
              << "; make one with openssl genpkey -algorithm ed25519\n";
    std::exit(1);
  }
  return {.id = config.signing_key_id, .seed = *seed, .lifetime = config.assertion_lifetime};
}

Result<void> CheckKey(const AssertionKey& key, const std::string& public_key_folder, const Clock& clock) {
  Bearer bearer;
  bearer.subject.id = "person_of_a_readiness_check";
  const Instant now = clock.Now();
  const auto assertion = rpc::SignAssertion(ToAssertion(bearer, now, now + key.lifetime), key.id, key.seed);
  rpc::Caller caller;
  return rpc::AssertionVerifier(public_key_folder, clock).Apply(assertion.SerializeAsString(), caller);
}

}  // namespace bordergate::identity
