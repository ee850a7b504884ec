#include "services/identity/bootstrap.h"

#include <iostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "services/identity/api/convert.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/domain/secret.h"

namespace bordergate::identity {
namespace {

constexpr seconds kBootstrapTime{30};

}  // namespace

Result<FirstAdministrator> MakeFirstAdministrator(UnitOfWork<IdentityStore>& unit, PasswordHasher& hasher,
                                                  IdMaker& ids, const Clock& clock,
                                                  std::string_view sign_in_name) {
  const SteadyInstant deadline = clock.SteadyNow() + kBootstrapTime;
  const Person person{.id = ids.New<Person>("person"),
                      .sign_in_name = FoldSignInName(sign_in_name),
                      .display_name = FoldSignInName(sign_in_name),
                      .roles = {Role::kAdministrator},
                      .enterprise_id = {},
                      .gate_ids = {},
                      .disable_time = std::nullopt,
                      .create_time = clock.Now()};
  FieldChecks checks;
  CheckNames(person, checks);
  BG_TRY(checks.Done());
  const std::string password = NewOneTimePassword();
  const std::string hash = BG_TRY(hasher.Hash(password, deadline));
  rpc::CallContext call;
  call.caller.service = "identity";
  call.trace = Trace::New();
  BG_TRY(unit.Change(deadline, [&](IdentityStore& store) -> Result<void> {
    if (BG_TRY(store.LockAdministrators()) > 0) {
      return Error(kAdministratorExists, "there is an administrator, who can make further accounts");
    }
    BG_TRY(store.AddPerson({.person = person, .password_hash = hash}));
    return store.Append(ToEvent(call, "person.created", person));
  }));
  return FirstAdministrator{.person = person, .one_time_password = password};
}

int RunBootstrapCommand(const Command& command, UnitOfWork<IdentityStore>& unit, PasswordHasher& hasher,
                        IdMaker& ids, const Clock& clock) {
  std::string sign_in_name;
  CLI::App app("Makes the first administrator and prints its one-time password", "identity bootstrap");
  app.add_option("--sign-in-name,sign_in_name", sign_in_name, "Name to sign in with")->required();
  try {
    std::vector<std::string> arguments(command.arguments.rbegin(), command.arguments.rend());
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const auto made = MakeFirstAdministrator(unit, hasher, ids, clock, sign_in_name);
  if (!made) {
    std::cerr << "bootstrap: " << made.error().reason() << ": " << made.error().message() << "\n";
    return 1;
  }
  const nlohmann::ordered_json line = {{"person_id", made->person.id.value()},
                                       {"sign_in_name", made->person.sign_in_name},
                                       {"one_time_password", made->one_time_password}};
  std::cout << line.dump() << "\n";
  return 0;
}

}  // namespace bordergate::identity
