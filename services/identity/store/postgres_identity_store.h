// IdentityStore in PostgreSQL. Lives for one transaction.
#pragma once

#include "libs/db/postgres_store.h"
#include "services/identity/domain/identity_store.h"

namespace bordergate::identity {

class PostgresIdentityStore final : public db::PostgresStore<IdentityStore> {
 public:
  using PostgresStore::PostgresStore;

  // persons.cc
  Result<void> AddPerson(const Account& account) override;
  Result<std::optional<Account>> FindAccount(std::string_view sign_in_name) override;
  Result<Person> FindPerson(const Id<Person>& id) override;
  Result<Account> LockAccount(const Id<Person>& id) override;
  Result<void> SavePerson(const Person& person) override;
  Result<void> SavePasswordHash(const Id<Person>& id, std::string_view password_hash) override;
  Result<PageOf<Person>> ListPersons(const Page& page) override;
  Result<int> LockAdministrators() override;

  // machines.cc
  Result<void> AddApiClient(const ApiClient& client, std::string_view secret_digest) override;
  Result<ApiClient> LockApiClient(const Id<ApiClient>& id) override;
  Result<std::optional<std::string>> FindSecretDigest(const Id<ApiClient>& id) override;
  Result<void> SaveApiClient(const ApiClient& client) override;
  Result<PageOf<ApiClient>> ListApiClients(const std::optional<std::string>& enterprise_id,
                                           const Page& page) override;
  Result<void> AddDevice(const Device& device) override;
  Result<Device> LockDevice(const Id<Device>& id) override;
  Result<void> SaveDevice(const Device& device) override;
  Result<PageOf<Device>> ListDevices(const Page& page) override;

  // sessions.cc
  Result<void> AddSession(const Session& session, std::string_view token_digest,
                          Instant over_before) override;
  Result<std::optional<Bearer>> FindBearer(std::string_view token_digest) override;
  Result<void> SaveUse(const Session& session) override;
  Result<bool> EndSession(const Id<Session>& id) override;
  Result<std::vector<Id<Session>>> EndSessionsOf(std::string_view subject_id, int keep_newest,
                                                 const Id<Session>& except) override;
  Result<std::vector<Instant>> LockTries(std::string_view name_digest, Instant since) override;
  Result<void> AddTry(const Try& one, Instant over_before) override;
  Result<void> RemoveTry(const Id<Try>& id) override;

 private:
  // Nothing when the subject is not there or may not act.
  Result<std::optional<Subject>> FindSubject(const Session& session);
};

}  // namespace bordergate::identity
