#include "services/identity/secrets/argon2_password_hasher.h"

#include <sodium.h>

#include "libs/core/check.h"
#include "libs/core/digest.h"
#include "libs/core/reasons.h"

namespace bordergate::identity {
namespace {

size_t MemoryBytes(const Argon2Cost& cost) { return static_cast<size_t>(cost.memory_kib) * 1024; }

}  // namespace

// A place among those at work, for as long as it lives.
class Argon2PasswordHasher::Turn {
 public:
  explicit Turn(Argon2PasswordHasher& hasher) : hasher_(hasher) {}
  ~Turn() {
    if (!taken_) return;
    {
      const std::lock_guard lock(hasher_.mutex_);
      --hasher_.at_work_;
    }
    hasher_.changed_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  Result<void> Take(SteadyInstant deadline) {
    std::unique_lock lock(hasher_.mutex_);
    const auto free = [this] { return hasher_.at_work_ < hasher_.cost_.at_once_max; };
    if (!free()) {
      if (hasher_.waiting_ >= hasher_.cost_.waiting_max) {
        return Error(kOverloaded, "too many passwords are being checked; repeat a little later");
      }
      ++hasher_.waiting_;
      const bool came = hasher_.changed_.wait_until(lock, deadline, free);
      --hasher_.waiting_;
      if (!came) return Error(kOverloaded, "the turn to check a password did not come in time");
    }
    ++hasher_.at_work_;
    taken_ = true;
    return {};
  }

 private:
  Argon2PasswordHasher& hasher_;
  bool taken_ = false;
};

Argon2PasswordHasher::Argon2PasswordHasher(const Argon2Cost& cost) : cost_(cost) {
  BG_CHECK(sodium_init() >= 0, "libsodium initialises once");
  Result<std::string> decoy = Hash(Base64Url(RandomBytes(32)), SteadyInstant::max());
  BG_CHECK(decoy.has_value(), "there is memory for one hash at the start");
  decoy_ = *std::move(decoy);
}

Result<std::string> Argon2PasswordHasher::Hash(const std::string& password, SteadyInstant deadline) {
  Turn turn(*this);
  BG_TRY(turn.Take(deadline));
  char hash[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str(hash, password.data(), password.size(), static_cast<unsigned long long>(cost_.passes),
                        MemoryBytes(cost_)) != 0) {
    return Error(kOverloaded, "there is no memory to hash a password; repeat a little later");
  }
  return std::string(hash);
}

Result<bool> Argon2PasswordHasher::Matches(const std::string& hash, const std::string& password,
                                           SteadyInstant deadline) {
  Turn turn(*this);
  BG_TRY(turn.Take(deadline));
  // libsodium does not tell "another password" from "no memory for the hash"; the second is refused like the
  // first.
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool Argon2PasswordHasher::IsOutdated(const std::string& hash) const {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), static_cast<unsigned long long>(cost_.passes),
                                        MemoryBytes(cost_)) != 0;
}

}  // namespace bordergate::identity
