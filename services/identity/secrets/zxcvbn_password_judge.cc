#include "services/identity/secrets/zxcvbn_password_judge.h"

#include <zxcvbn.h>

namespace bordergate::identity {

double ZxcvbnPasswordJudge::GuessBits(const std::string& password,
                                      const std::vector<std::string>& words) const {
  std::vector<const char*> list;
  list.reserve(words.size() + 1);
  for (const std::string& word : words) list.push_back(word.c_str());
  list.push_back(nullptr);
  return ZxcvbnMatch(password.c_str(), list.data(), nullptr);
}

}  // namespace bordergate::identity
