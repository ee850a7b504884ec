// Accounts of people.
#include "services/identity/domain/reasons.h"
#include "services/identity/store/names.h"
#include "services/identity/store/postgres_identity_store.h"
#include "services/identity/store/rows.h"

namespace bordergate::identity {
namespace {

using db::Rows;

Account ToAccount(const db::Row& row) {
  return {.person = ToPerson(row), .password_hash = row.Text("password_hash")};
}

Error PersonNotFound() { return {kPersonNotFound, "there is no such person"}; }

}  // namespace

Result<void> PostgresIdentityStore::AddPerson(const Account& account) {
  const Person& person = account.person;
  const Result<Rows> result = transaction().Execute(
      "INSERT INTO persons (person_id, sign_in_name, display_name, password_hash, roles, enterprise_id, "
      "gate_ids, "
      "create_time) VALUES ($1, $2, $3, $4, string_to_array($5, ','), $6, string_to_array($7, ','), $8)",
      {person.id, person.sign_in_name, person.display_name, account.password_hash, JoinRoles(person.roles),
       person.enterprise_id, JoinIds(person.gate_ids), person.create_time});
  if (result) return {};
  if (result.error().Is(db::kUniqueViolation) &&
      result.error().metadata().at("constraint") == "persons_sign_in_name") {
    return Error(kSignInNameTaken, "another account has this sign-in name")
        .WithField({"sign_in_name", "SIGN_IN_NAME_TAKEN", "is another account's; choose another one"});
  }
  return result.error();
}

Result<std::optional<Account>> PostgresIdentityStore::FindAccount(std::string_view sign_in_name) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT person_id, sign_in_name, display_name, password_hash, array_to_string(roles, ',') AS roles, "
      "enterprise_id, array_to_string(gate_ids, ',') AS gate_ids, disable_time, create_time "
      "FROM persons WHERE sign_in_name = $1",
      {sign_in_name}));
  if (rows.empty()) return std::optional<Account>();
  return std::optional(ToAccount(rows.front()));
}

Result<Person> PostgresIdentityStore::FindPerson(const Id<Person>& id) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT person_id, sign_in_name, display_name, array_to_string(roles, ',') AS roles, enterprise_id, "
      "array_to_string(gate_ids, ',') AS gate_ids, disable_time, create_time FROM persons WHERE person_id = "
      "$1",
      {id}));
  if (rows.empty()) return PersonNotFound();
  return ToPerson(rows.front());
}

Result<Account> PostgresIdentityStore::LockAccount(const Id<Person>& id) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT person_id, sign_in_name, display_name, password_hash, array_to_string(roles, ',') AS roles, "
      "enterprise_id, array_to_string(gate_ids, ',') AS gate_ids, disable_time, create_time "
      "FROM persons WHERE person_id = $1 FOR UPDATE",
      {id}));
  if (rows.empty()) return PersonNotFound();
  return ToAccount(rows.front());
}

Result<void> PostgresIdentityStore::SavePerson(const Person& person) {
  BG_TRY(transaction().Execute(
      "UPDATE persons SET roles = string_to_array($2, ','), gate_ids = string_to_array($3, ','), "
      "disable_time = $4 "
      "WHERE person_id = $1",
      {person.id, JoinRoles(person.roles), JoinIds(person.gate_ids), person.disable_time}));
  return {};
}

Result<void> PostgresIdentityStore::SavePasswordHash(const Id<Person>& id, std::string_view password_hash) {
  BG_TRY(transaction().Execute("UPDATE persons SET password_hash = $2 WHERE person_id = $1",
                               {id, password_hash}));
  return {};
}

Result<PageOf<Person>> PostgresIdentityStore::ListPersons(const Page& page) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT person_id, sign_in_name, display_name, array_to_string(roles, ',') AS roles, enterprise_id, "
      "array_to_string(gate_ids, ',') AS gate_ids, disable_time, create_time "
      "FROM persons WHERE sign_in_name > $1 ORDER BY sign_in_name LIMIT $2",
      {page.after, page.size + 1}));
  return ToPage<Person>(rows, page, ToPerson, [](const Person& person) { return person.sign_in_name; });
}

Result<int> PostgresIdentityStore::LockAdministrators() {
  BG_TRY(transaction().Execute(
      "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' administrators', 0))"));
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT count(*) AS count FROM persons WHERE 'administrator' = ANY (roles) AND disable_time IS NULL"));
  return static_cast<int>(rows.front().Integer("count"));
}

}  // namespace bordergate::identity
