// PasswordJudge by zxcvbn (Debian's libzxcvbn): commonly used passwords, names, words, dates, rows of keys,
// sequences, repeats, and letters replaced by look-alikes. The lists are part of the library. Few Vietnamese
// words are among them; the rule adds those that a guesser at a border gate tries first. Letters beyond ASCII
// count as several unknown ones.
#pragma once

#include "services/identity/domain/password.h"

namespace bordergate::identity {

// Safe for use by several threads.
class ZxcvbnPasswordJudge final : public PasswordJudge {
 public:
  double GuessBits(const std::string& password, const std::vector<std::string>& words) const override;
};

}  // namespace bordergate::identity
