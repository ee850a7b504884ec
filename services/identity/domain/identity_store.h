// What the rules of identity need to load and save, in one transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/paging.h"
#include "libs/core/unit_of_work.h"
#include "services/identity/domain/machine.h"
#include "services/identity/domain/person.h"
#include "services/identity/domain/session.h"
#include "services/identity/domain/tries.h"

namespace bordergate::identity {

class IdentityStore : public Store {
 public:
  // errors   SIGN_IN_NAME_TAKEN
  virtual Result<void> AddPerson(const Account& account) = 0;
  virtual Result<std::optional<Account>> FindAccount(std::string_view sign_in_name) = 0;
  // errors   PERSON_NOT_FOUND
  virtual Result<Person> FindPerson(const Id<Person>& id) = 0;
  // Locks it. errors   PERSON_NOT_FOUND
  virtual Result<Account> LockAccount(const Id<Person>& id) = 0;
  // Roles, gates and whether it is disabled.
  virtual Result<void> SavePerson(const Person& person) = 0;
  virtual Result<void> SavePasswordHash(const Id<Person>& id, std::string_view password_hash) = 0;
  // By sign-in name.
  virtual Result<PageOf<Person>> ListPersons(const Page& page) = 0;
  // How many active administrators there are. Until the end of the transaction no other one that asks changes
  // that.
  virtual Result<int> LockAdministrators() = 0;

  virtual Result<void> AddApiClient(const ApiClient& client, std::string_view secret_digest) = 0;
  // Locks it. errors   API_CLIENT_NOT_FOUND
  virtual Result<ApiClient> LockApiClient(const Id<ApiClient>& id) = 0;
  // Nothing when there is no such client.
  virtual Result<std::optional<std::string>> FindSecretDigest(const Id<ApiClient>& id) = 0;
  // When it was revoked and last used.
  virtual Result<void> SaveApiClient(const ApiClient& client) = 0;
  // Newest first; of one enterprise, or all.
  virtual Result<PageOf<ApiClient>> ListApiClients(const std::optional<std::string>& enterprise_id,
                                                   const Page& page) = 0;

  virtual Result<void> AddDevice(const Device& device) = 0;
  // Locks it. errors   DEVICE_NOT_FOUND
  virtual Result<Device> LockDevice(const Id<Device>& id) = 0;
  // When it was revoked.
  virtual Result<void> SaveDevice(const Device& device) = 0;
  // Newest first.
  virtual Result<PageOf<Device>> ListDevices(const Page& page) = 0;

  // Clears a few away that were over before `over_before`.
  virtual Result<void> AddSession(const Session& session, std::string_view token_digest,
                                  Instant over_before) = 0;
  // Nothing when no session has the token, or its subject may not act any more.
  virtual Result<std::optional<Bearer>> FindBearer(std::string_view token_digest) = 0;
  // When it was used and expires. A session that has ended meanwhile stays ended.
  virtual Result<void> SaveUse(const Session& session) = 0;
  // True when it was there.
  virtual Result<bool> EndSession(const Id<Session>& id) = 0;
  // Ends the subject's sessions but the newest `keep_newest` and `except`; returns those that ended.
  virtual Result<std::vector<Id<Session>>> EndSessionsOf(std::string_view subject_id, int keep_newest,
                                                         const Id<Session>& except) = 0;

  // Times of the name's tries since an instant, in order. Until the end of the transaction no other one adds
  // to them.
  virtual Result<std::vector<Instant>> LockTries(std::string_view name_digest, Instant since) = 0;
  // Clears a few away that were made before `over_before`.
  virtual Result<void> AddTry(const Try& one, Instant over_before) = 0;
  virtual Result<void> RemoveTry(const Id<Try>& id) = 0;
};

}  // namespace bordergate::identity
