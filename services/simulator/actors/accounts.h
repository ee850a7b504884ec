// The accounts the actors act under: those that ./run made. A JSON file,
//   {"people": {"haiquan": {"name": "haiquan@demo", "password": "…"}, …}}
// (further members are ignored). What each may do is asked at the public door.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "libs/core/result.h"

namespace bordergate::simulator {

struct Account {
  std::string word;  // "haiquan"
  std::string sign_in_name;
  std::string password;
};

struct Accounts {
  std::vector<Account> people;
  // Secret of this file, from which the passwords of the simulated firms are made: the same for as long as
  // the file is.
  std::string secret;
};

//   errors   ACCOUNTS_UNREADABLE
Result<Accounts> LoadAccounts(const std::filesystem::path& file);

// The password of a simulated firm.
std::string FirmPassword(const Accounts& accounts, const std::string& sign_in_name);

}  // namespace bordergate::simulator
