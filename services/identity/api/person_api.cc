#include "services/identity/api/person_api.h"

#include "libs/core/text.h"
#include "libs/rpc/once.h"
#include "services/identity/api/convert.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/domain/secret.h"

namespace bordergate::identity {
namespace {

using rpc::RunOnce;

void CheckReason(const std::string& reason, FieldChecks& checks) {
  checks.Text("reason", reason, {.length_min = 3, .length_max = 500});
}

}  // namespace

Result<v1::CreatePersonResponse> PersonApi::CreatePerson(const Call& call,
                                                         const v1::CreatePersonRequest& request) {
  FieldChecks checks;
  checks.RequestId(request.request_id());
  Account account{.person = {.id = parts_.ids.New<Person>("person"),
                             .sign_in_name = FoldSignInName(request.sign_in_name()),
                             .display_name = NormaliseNfc(request.display_name()),
                             .roles = {},
                             .enterprise_id = {},
                             .gate_ids = ReadGateIds(request.gate_ids()),
                             .disable_time = std::nullopt,
                             .create_time = parts_.clock.Now()},
                  .password_hash = {}};
  Person& person = account.person;
  CheckNames(person, checks);
  person.roles = ReadRoles(request.roles(), checks);
  CheckPosting(person.roles, person.gate_ids, checks);
  BG_TRY(checks.Done());
  const std::string password = NewOneTimePassword();
  account.password_hash = BG_TRY(parts_.hasher.Hash(password, call.deadline));
  return RunOnce<v1::CreatePersonResponse>(
      parts_.store, call, request,
      [&](IdentityStore& store) -> Result<v1::CreatePersonResponse> {
        BG_TRY(store.AddPerson(account));
        BG_TRY(store.Append(ToEvent(call, "person.created", person)));
        v1::CreatePersonResponse response;
        *response.mutable_person() = ToProto(person);
        response.set_one_time_password(password);
        return response;
      },
      {.response = [](v1::CreatePersonResponse& kept) { kept.clear_one_time_password(); }});
}

Result<v1::ListPersonsResponse> PersonApi::ListPersons(const Call& call,
                                                       const v1::ListPersonsRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListPersonsResponse response;
  BG_TRY(parts_.store.Read(call.deadline, [&](IdentityStore& store) -> Result<void> {
    const auto persons = BG_TRY(store.ListPersons(page));
    for (const Person& person : persons.items) *response.add_persons() = ToProto(person);
    response.set_next_page_token(PageToken(persons.last_key));
    return {};
  }));
  return response;
}

Result<v1::SetPersonRolesResponse> PersonApi::SetPersonRoles(const Call& call,
                                                             const v1::SetPersonRolesRequest& request) {
  FieldChecks checks;
  const std::vector<Role> roles = ReadRoles(request.roles(), checks);
  const std::vector<std::string> gate_ids = ReadGateIds(request.gate_ids());
  CheckPosting(roles, gate_ids, checks);
  CheckReason(request.reason(), checks);
  BG_TRY(checks.Done());
  return RunOnce<v1::SetPersonRolesResponse>(
      parts_.store, call, request, [&](IdentityStore& store) -> Result<v1::SetPersonRolesResponse> {
        const int administrators = BG_TRY(store.LockAdministrators());
        Person person = BG_TRY(store.LockAccount(Id<Person>(request.person_id()))).person;
        BG_TRY(Repost(person, roles, gate_ids, administrators));
        BG_TRY(store.SavePerson(person));
        BG_TRY(store.Append(ToEvent(call, "person.changed", person, request.reason())));
        v1::SetPersonRolesResponse response;
        *response.mutable_person() = ToProto(person);
        return response;
      });
}

Result<v1::DisablePersonResponse> PersonApi::DisablePerson(const Call& call,
                                                           const v1::DisablePersonRequest& request) {
  FieldChecks checks;
  CheckReason(request.reason(), checks);
  BG_TRY(checks.Done());
  return RunOnce<v1::DisablePersonResponse>(
      parts_.store, call, request, [&](IdentityStore& store) -> Result<v1::DisablePersonResponse> {
        const int administrators = BG_TRY(store.LockAdministrators());
        Person person = BG_TRY(store.LockAccount(Id<Person>(request.person_id()))).person;
        if (person.active()) {
          BG_TRY(Disable(person, parts_.clock.Now(), administrators));
          BG_TRY(store.SavePerson(person));
          // The event below is told of the person, so it ends the use of every session at once.
          BG_TRY(store.EndSessionsOf(person.id.value(), 0, {}));
          BG_TRY(store.Append(ToEvent(call, "person.disabled", person.id.value(), request.reason())));
        }
        v1::DisablePersonResponse response;
        *response.mutable_person() = ToProto(person);
        return response;
      });
}

Result<v1::ResetPasswordResponse> PersonApi::ResetPassword(const Call& call,
                                                           const v1::ResetPasswordRequest& request) {
  FieldChecks checks;
  checks.RequestId(request.request_id());
  CheckReason(request.reason(), checks);
  BG_TRY(checks.Done());
  const std::string password = NewOneTimePassword();
  const std::string hash = BG_TRY(parts_.hasher.Hash(password, call.deadline));
  return RunOnce<v1::ResetPasswordResponse>(
      parts_.store, call, request,
      [&](IdentityStore& store) -> Result<v1::ResetPasswordResponse> {
        const Person person = BG_TRY(store.LockAccount(Id<Person>(request.person_id()))).person;
        BG_TRY(store.SavePasswordHash(person.id, hash));
        BG_TRY(store.EndSessionsOf(person.id.value(), 0, {}));
        BG_TRY(store.Append(ToEvent(call, "person.password_changed", person.id.value(), request.reason())));
        BG_TRY(store.Append(SessionRevoked(call, person.id.value(), {})));
        v1::ResetPasswordResponse response;
        *response.mutable_person() = ToProto(person);
        response.set_one_time_password(password);
        return response;
      },
      {.response = [](v1::ResetPasswordResponse& kept) { kept.clear_one_time_password(); }});
}

}  // namespace bordergate::identity
