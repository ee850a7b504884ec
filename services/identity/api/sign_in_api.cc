#include "services/identity/api/sign_in_api.h"

#include "libs/core/reasons.h"
#include "libs/core/text.h"
#include "libs/rpc/once.h"
#include "libs/rpc/time.h"
#include "services/identity/api/convert.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/domain/secret.h"

namespace bordergate::identity {
namespace {

using rpc::RunOnce;

Error Refused() { return {kSignInRefused, "the name or the password is wrong, or the account is disabled"}; }

}  // namespace

Result<v1::SignUpResponse> SignInApi::SignUp(const Call& call, const v1::SignUpRequest& request) {
  const Instant now = parts_.clock.Now();
  Account account{.person = {.id = parts_.ids.New<Person>("person"),
                             .sign_in_name = FoldSignInName(request.sign_in_name()),
                             .display_name = NormaliseNfc(request.display_name()),
                             .roles = {Role::kEnterprise},
                             .enterprise_id = parts_.ids.New("enterprise"),
                             .gate_ids = {},
                             .disable_time = std::nullopt,
                             .create_time = now},
                  .password_hash = {}};
  const Person& person = account.person;
  const std::string password = NormaliseNfc(request.password());
  FieldChecks checks;
  checks.RequestId(request.request_id());
  CheckNames(person, checks);
  CheckPassword("password", password, person.sign_in_name, parts_.judge, checks);
  BG_TRY(DoneWithPassword(checks));
  account.password_hash = BG_TRY(parts_.hasher.Hash(password, call.deadline));
  return RunOnce<v1::SignUpResponse>(
      parts_.store, call, request,
      [&](IdentityStore& store) -> Result<v1::SignUpResponse> {
        BG_TRY(store.AddPerson(account));
        BG_TRY(store.Append(ToEvent(BySubject(call, person.id.value()), "person.created", person)));
        v1::SignUpResponse response;
        *response.mutable_person() = ToProto(person);
        return response;
      },
      {.request = [](v1::SignUpRequest& kept) { kept.clear_password(); }});
}

Result<v1::SignInResponse> SignInApi::SignIn(const Call& call, const v1::SignInRequest& request) {
  const std::string name = FoldSignInName(request.sign_in_name());
  const std::string password = NormaliseNfc(request.password());
  FieldChecks checks;
  checks.Text("sign_in_name", name, {.length_min = 1, .length_max = 64});
  checks.Text("password", password, {.length_min = 1, .length_max = 128});
  BG_TRY(checks.Done());
  const Id<Try> one = BG_TRY(BeginTry(parts_, call, PersonTryDigest(name)));
  std::optional<Account> account;
  BG_TRY(parts_.store.Read(call.deadline, [&](IdentityStore& store) -> Result<void> {
    account = BG_TRY(store.FindAccount(name));
    return {};
  }));
  // A name that nobody has costs the same work as a wrong password.
  const std::string& hash = account ? account->password_hash : parts_.hasher.Decoy();
  const Result<bool> matches = parts_.hasher.Matches(hash, password, call.deadline);
  if (!matches) {
    TakeBackTry(parts_, call, one);
    return matches.error();
  }
  if (!account || !*matches || !account->person.active()) {
    parts_.log.Refused(account ? account->person.id.value() : "", kSignInRefused);
    return Refused();
  }
  return Admit(call, *account, password, one);
}

Result<v1::SignInResponse> SignInApi::Admit(const Call& call, const Account& account,
                                            const std::string& password, const Id<Try>& one) {
  const Id<Person>& id = account.person.id;
  const Instant now = parts_.clock.Now();
  const Secret secret = NewSecret(kSessionPrefix);
  const Session session =
      NewPersonSession(parts_.ids.New<Session>("session"), id.value(), parts_.sessions, now);
  std::optional<std::string> new_hash;  // when the cost of new hashes was changed in the configuration
  if (parts_.hasher.IsOutdated(account.password_hash)) {
    new_hash = BG_TRY(parts_.hasher.Hash(password, call.deadline));
  }
  const Result<void> admitted = parts_.store.Change(call.deadline, [&](IdentityStore& store) -> Result<void> {
    const Account current = BG_TRY(store.LockAccount(id));
    // Disabled, or given another password, while this one was being checked.
    if (!current.person.active() || current.password_hash != account.password_hash) return Refused();
    BG_TRY(store.AddSession(session, secret.digest, now - kSessionKeptAfterEnd));
    BG_TRY(store.RemoveTry(one));
    if (new_hash) BG_TRY(store.SavePasswordHash(id, *new_hash));
    return EndSessions(store, BySubject(call, id.value()), id.value(), parts_.sessions.per_subject_max, {});
  });
  if (!admitted) {
    if (admitted.error().Is(kSignInRefused)) parts_.log.Refused(id.value(), kSignInRefused);
    return admitted.error();
  }
  parts_.log.Admitted(id.value(), session.id.value());
  v1::SignInResponse response;
  response.set_session_token(secret.text);
  *response.mutable_person() = ToProto(account.person);
  *response.mutable_expire_time() = rpc::ToTimestamp(*session.expire_time);
  return response;
}

Result<v1::SignOutResponse> SignInApi::SignOut(const Call& call, const v1::SignOutRequest&) {
  if (call.caller.Has(common::v1::ROLE_DEVICE)) {
    return Error(kRoleMissing, "a device does not sign out; an administrator revokes it");
  }
  BG_TRY(parts_.store.Change(call.deadline, [&](IdentityStore& store) -> Result<void> {
    const Id<Session> id(call.caller.session_id);
    if (!BG_TRY(store.EndSession(id))) return Error(kUnauthenticated, "the session has ended");
    return store.Append(SessionRevoked(call, call.caller.subject_id, id));
  }));
  return v1::SignOutResponse();
}

Result<v1::GetMeResponse> SignInApi::GetMe(const Call& call, const v1::GetMeRequest&) {
  v1::GetMeResponse response;
  response.set_subject_id(call.caller.subject_id);
  response.set_display_name(call.caller.display_name);
  for (const rpc::Role role : call.caller.roles) response.add_roles(role);
  response.set_enterprise_id(call.caller.enterprise_id);
  for (const std::string& gate_id : call.caller.gate_ids) response.add_gate_ids(gate_id);
  return response;
}

Result<v1::ChangePasswordResponse> SignInApi::ChangePassword(const Call& call,
                                                             const v1::ChangePasswordRequest& request) {
  Person person;
  BG_TRY(parts_.store.Read(call.deadline, [&](IdentityStore& store) -> Result<void> {
    person = BG_TRY(store.FindPerson(Id<Person>(call.caller.subject_id)));
    return {};
  }));
  const std::string current = NormaliseNfc(request.current_password());
  const std::string wanted = NormaliseNfc(request.new_password());
  FieldChecks checks;
  checks.RequestId(request.request_id());
  checks.Text("current_password", current, {.length_min = 1, .length_max = 128});
  CheckPassword("new_password", wanted, person.sign_in_name, parts_.judge, checks);
  BG_TRY(DoneWithPassword(checks));
  const Id<Try> one = BG_TRY(BeginTry(parts_, call, PersonTryDigest(person.sign_in_name)));
  const Result<std::string> new_hash = parts_.hasher.Hash(wanted, call.deadline);
  if (!new_hash) {
    TakeBackTry(parts_, call, one);
    return new_hash.error();
  }
  auto changed = RunOnce<v1::ChangePasswordResponse>(
      parts_.store, call, request,
      [&](IdentityStore& store) -> Result<v1::ChangePasswordResponse> {
        const Account account = BG_TRY(store.LockAccount(person.id));
        if (!BG_TRY(parts_.hasher.Matches(account.password_hash, current, call.deadline))) {
          return Error(kPasswordWrong, "the current password is wrong")
              .WithField({"current_password", "PASSWORD_WRONG", "must be the password so far"});
        }
        BG_TRY(store.SavePasswordHash(person.id, *new_hash));
        BG_TRY(EndSessions(store, call, person.id.value(), 0, Id<Session>(call.caller.session_id)));
        BG_TRY(store.Append(ToEvent(call, "person.password_changed", person.id.value())));
        return v1::ChangePasswordResponse();
      },
      {.request = [](v1::ChangePasswordRequest& kept) {
        kept.clear_current_password();
        kept.clear_new_password();
      }});
  if (changed || !changed.error().Is(kPasswordWrong)) {
    TakeBackTry(parts_, call, one);
  } else {
    parts_.log.Refused(person.id.value(), kPasswordWrong);
  }
  return changed;
}

}  // namespace bordergate::identity
