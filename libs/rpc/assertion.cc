#include "libs/rpc/assertion.h"

#include <google/protobuf/util/time_util.h>

#include "libs/core/digest.h"
#include "libs/rpc/key_file.h"

namespace bordergate::rpc {
namespace {

// Clocks of two machines may differ by this much without a caller being refused.
constexpr seconds kClockSkewMax{5};

std::string SignedText(const std::string& assertion) {
  return "bordergate caller assertion v1\n" + assertion;
}

// A key id becomes a file name, so it must not be able to name another folder.
bool IsKeyId(const std::string& key_id) {
  return !key_id.empty() && key_id.size() <= 40 &&
         key_id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos;
}

Instant ToInstant(const google::protobuf::Timestamp& time) {
  return Instant(std::chrono::microseconds(google::protobuf::util::TimeUtil::TimestampToMicroseconds(time)));
}

}  // namespace

common::v1::SignedAssertion SignAssertion(const common::v1::CallerAssertion& assertion,
                                          const std::string& key_id, const std::string& seed) {
  common::v1::SignedAssertion result;
  result.set_assertion(assertion.SerializeAsString());
  result.set_signature(SignEd25519(seed, SignedText(result.assertion())));
  result.set_key_id(key_id);
  return result;
}

Result<std::string> AssertionVerifier::PublicKey(const std::string& key_id) {
  if (!IsKeyId(key_id))
    return Error(kAssertionInvalid, "the assertion's key id has a form that is never used");
  const std::lock_guard lock(mutex_);
  if (const auto known = keys_.find(key_id); known != keys_.end()) return known->second;
  if (clock_.SteadyNow() < next_look_) return Error(kAssertionInvalid, "the assertion's key is not known");
  const auto key = ReadEd25519PublicKey(folder_ / (key_id + ".pub"));
  if (!key) {
    next_look_ = clock_.SteadyNow() + seconds(1);
    return Error(kAssertionInvalid, "the assertion's key is not known: " + key.error().message());
  }
  keys_.emplace(key_id, *key);
  return *key;
}

Result<void> AssertionVerifier::Apply(const std::string& signed_assertion, Caller& caller) {
  common::v1::SignedAssertion envelope;
  common::v1::CallerAssertion assertion;
  if (!envelope.ParseFromString(signed_assertion))
    return Error(kAssertionInvalid, "the assertion cannot be read");
  const std::string public_key = BG_TRY(PublicKey(envelope.key_id()));
  if (!VerifyEd25519(public_key, SignedText(envelope.assertion()), envelope.signature()) ||
      !assertion.ParseFromString(envelope.assertion()) || assertion.subject_id().empty()) {
    return Error(kAssertionInvalid, "the assertion's signature does not hold");
  }
  const Instant now = clock_.Now();
  if (now > ToInstant(assertion.expire_time()) + kClockSkewMax)
    return Error(kAssertionExpired, "the assertion has ended");
  if (now < ToInstant(assertion.issue_time()) - kClockSkewMax) {
    return Error(kAssertionInvalid, "the assertion is from the future; compare the clocks of the machines");
  }
  caller.subject_id = assertion.subject_id();
  caller.display_name = assertion.display_name();
  for (const int role : assertion.roles()) caller.roles.push_back(static_cast<Role>(role));
  caller.enterprise_id = assertion.enterprise_id();
  caller.partner_id = assertion.partner_id();
  caller.gate_ids.assign(assertion.gate_ids().begin(), assertion.gate_ids().end());
  caller.session_id = assertion.session_id();
  return {};
}

}  // namespace bordergate::rpc
