// Passwords: which are taken, and how they are kept.
//
// Any characters, at least ten, not easy to guess; no rule about kinds of characters and no change after a
// time, which make people choose worse ones. Source: NIST SP 800-63B-4, OWASP ASVS 5.0 section 6.2.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/field_checks.h"

namespace bordergate::identity {

// Guesses that a good guesser needs for a password, as a power of two. 2^26.6 is 10^8: a hundred million,
// more than a throttled attacker tries in 19 years.
inline constexpr double kGuessBitsMin = 26.6;

class PasswordJudge {
 public:
  virtual ~PasswordJudge() = default;
  //   words    what a guesser tries first, for example the sign-in name
  //   returns  bits, 0 or more
  //   thread   safe for use by several threads
  virtual double GuessBits(const std::string& password, const std::vector<std::string>& words) const = 0;
};

// Slow on purpose, with a bounded number at work at one time.
class PasswordHasher {
 public:
  virtual ~PasswordHasher() = default;
  // The hash with all that is needed to compare it, as text.
  //   errors   OVERLOADED (too many others wait, or no memory)
  //   blocks   until the deadline at most
  //   thread   safe for use by several threads
  virtual Result<std::string> Hash(const std::string& password, SteadyInstant deadline) = 0;
  // Whether the password is the hash's. As Hash.
  virtual Result<bool> Matches(const std::string& hash, const std::string& password,
                               SteadyInstant deadline) = 0;
  // Whether the hash was made at another cost than new ones are.
  virtual bool IsOutdated(const std::string& hash) const = 0;
  // A hash of a password that nobody knows, to do the same work for a name that nobody has.
  virtual const std::string& Decoy() const = 0;
};

// Adds every fault of a new password.
// Reasons: FIELD_REQUIRED, TEXT_INVALID, TEXT_TOO_LONG, PASSWORD_TOO_SHORT, PASSWORD_EASY_TO_GUESS.
void CheckPassword(std::string_view field, const std::string& password, std::string_view sign_in_name,
                   const PasswordJudge& judge, FieldChecks& checks);

// FieldChecks::Done, with PASSWORD_TOO_WEAK in the place of INVALID_FIELD when nothing else is wrong.
Result<void> DoneWithPassword(const FieldChecks& checks);

}  // namespace bordergate::identity
