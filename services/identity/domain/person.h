// Somebody with an account: an officer, or an employee of an enterprise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/id.h"
#include "services/identity/domain/subject.h"

namespace bordergate::identity {

struct Person {
  Id<Person> id;
  std::string sign_in_name;  // folded, see FoldSignInName
  std::string display_name;
  std::vector<Role> roles;
  std::string enterprise_id;          // empty for officers
  std::vector<std::string> gate_ids;  // empty: all
  std::optional<Instant> disable_time;
  Instant create_time;

  bool active() const { return !disable_time; }
  bool is_active_administrator() const { return active() && Holds(roles, Role::kAdministrator); }
};

// A person with the hash of its password.
struct Account {
  Person person;
  std::string password_hash;
};

Subject SubjectOf(const Person& person);

// Names differ by more than the case of their letters: a telephone writes the first one large.
std::string FoldSignInName(std::string_view as_written);

// 3 to 64 characters of a to z, digits, dot, hyphen, underscore, at sign. Reason added: SIGN_IN_NAME_INVALID.
void CheckSignInName(std::string_view sign_in_name, FieldChecks& checks);

// Adds every fault of a new account's names. Field names are those of the requests.
// Reasons: SIGN_IN_NAME_INVALID, those of FieldChecks::Text.
void CheckNames(const Person& person, FieldChecks& checks);

// Adds every fault of what an administrator gives an officer. Nobody approves and gives roles away at once.
// Reasons: FIELD_REQUIRED, ROLE_REPEATED, ROLE_NOT_FOR_OFFICERS, ROLES_CONFLICT, GATE_ID_INVALID,
// GATE_ID_REPEATED, TOO_MANY_GATES.
void CheckPosting(const std::vector<Role>& roles, const std::vector<std::string>& gate_ids,
                  FieldChecks& checks);

// Puts the roles and gates of `person` in the place of what it has. Sessions go on with them.
//   active_administrators   how many there are, this person included
//   errors                  PERSON_OF_ENTERPRISE, LAST_ADMINISTRATOR
Result<void> Repost(Person& person, std::vector<Role> roles, std::vector<std::string> gate_ids,
                    int active_administrators);

// Safe to repeat: the first time stays.
//   errors   LAST_ADMINISTRATOR
Result<void> Disable(Person& person, Instant now, int active_administrators);

}  // namespace bordergate::identity
