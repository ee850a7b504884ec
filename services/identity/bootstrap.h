// The command `identity bootstrap --sign-in-name NAME`: makes the first administrator, who makes everybody
// else.
#pragma once

#include "libs/config/config.h"
#include "services/identity/domain/identity_store.h"
#include "services/identity/domain/password.h"

namespace bordergate::identity {

struct FirstAdministrator {
  Person person;
  std::string one_time_password;
};

// Makes the account, with the roles administrator and no gate in particular.
//   errors    INVALID_FIELD (sign_in_name), ADMINISTRATOR_EXISTS, SIGN_IN_NAME_TAKEN, those of
//   UnitOfWork::Change repeats   refused with ADMINISTRATOR_EXISTS; only one of several at one time succeeds
Result<FirstAdministrator> MakeFirstAdministrator(UnitOfWork<IdentityStore>& unit, PasswordHasher& hasher,
                                                  IdMaker& ids, const Clock& clock,
                                                  std::string_view sign_in_name);

// Prints {"person_id":…,"sign_in_name":…,"one_time_password":…} as one line on standard output, or why not on
// standard error. Returns the exit code: 0, 1 (refused), 2 (the command line makes no sense).
int RunBootstrapCommand(const Command& command, UnitOfWork<IdentityStore>& unit, PasswordHasher& hasher,
                        IdMaker& ids, const Clock& clock);

}  // namespace bordergate::identity
