#include "services/simulator/actors/accounts.h"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "libs/core/digest.h"
#include "services/simulator/actors/json_access.h"
#include "services/simulator/domain/reasons.h"

namespace bordergate::simulator {

Result<Accounts> LoadAccounts(const std::filesystem::path& file) {
  std::ifstream stream(file);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object())
    return Error(kAccountsUnreadable, fmt::format("{} is no JSON object", file.string()));
  Accounts accounts;
  for (const auto& [word, person] : ObjectAt(json, "people").items()) {
    if (!person.is_object()) continue;
    Account account{word, TextAt(person, "name"), TextAt(person, "password")};
    if (account.sign_in_name.empty() || account.password.empty()) {
      return Error(kAccountsUnreadable,
                   fmt::format("{}: people.{} lacks name or password", file.string(), word));
    }
    accounts.people.push_back(std::move(account));
  }
  if (accounts.people.empty()) {
    return Error(kAccountsUnreadable, fmt::format("{} names no people", file.string()));
  }
  accounts.secret = Sha256("bordergate simulator firms\n" + text);
  return accounts;
}

std::string FirmPassword(const Accounts& accounts, const std::string& sign_in_name) {
  return Base64Url(Sha256(accounts.secret + sign_in_name)).substr(0, 24);
}

}  // namespace bordergate::simulator
