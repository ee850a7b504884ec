// PasswordHasher by Argon2id (libsodium's password strings, "$argon2id$v=19$m=…").
//
// A hash takes tens of MiB and tens of milliseconds of one core, so only a few are made at one time, a few
// more wait, and the rest are refused at once: a storm of sign-ins must not take the threads that resolve the
// tokens of those who are in already. Source: RFC 9106, OWASP password storage.
#pragma once

#include <condition_variable>
#include <mutex>

#include "services/identity/domain/password.h"

namespace bordergate::identity {

struct Argon2Cost {
  int passes = 0;       // 1 to 10
  int memory_kib = 0;   // 8 to 1 GiB
  int at_once_max = 0;  // hashes at work at one time
  int waiting_max = 0;  // and waiting for their turn; further ones are refused
};

// Safe for use by several threads.
class Argon2PasswordHasher final : public PasswordHasher {
 public:
  // Makes the decoy: as long as one hash.
  explicit Argon2PasswordHasher(const Argon2Cost& cost);

  Result<std::string> Hash(const std::string& password, SteadyInstant deadline) override;
  Result<bool> Matches(const std::string& hash, const std::string& password, SteadyInstant deadline) override;
  bool IsOutdated(const std::string& hash) const override;
  const std::string& Decoy() const override { return decoy_; }

 private:
  class Turn;

  const Argon2Cost cost_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int at_work_ = 0;
  int waiting_ = 0;
  std::string decoy_;
};

}  // namespace bordergate::identity
