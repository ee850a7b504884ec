#include "services/identity/api/token_api.h"

#include "libs/core/digest.h"
#include "libs/rpc/assertion.h"
#include "libs/rpc/time.h"
#include "services/identity/api/convert.h"
#include "services/identity/domain/reasons.h"
#include "services/identity/domain/secret.h"

namespace bordergate::identity {
namespace {

constexpr int kLifetimeWhenUnset_s = 3'600;
constexpr int kLifetimeMax_s = 86'400;

Error Refused() { return {kSignInRefused, "the client or its secret is wrong, or the client is revoked"}; }
Error Unknown() { return {kSessionUnknown, "the token was never issued, or its session has ended"}; }

}  // namespace

Result<v1::IssueTokenResponse> TokenApi::IssueToken(const Call& call, const v1::IssueTokenRequest& request) {
  FieldChecks checks;
  checks.Text("api_client_id", request.api_client_id(), {.length_min = 1, .length_max = 64});
  checks.Text("client_secret", request.client_secret(), {.length_min = 1, .length_max = 128});
  checks.Number("lifetime_s", request.lifetime_s(), 0, kLifetimeMax_s);
  BG_TRY(checks.Done());
  const Id<ApiClient> id(request.api_client_id());
  const Id<Try> one = BG_TRY(BeginTry(parts_, call, ApiClientTryDigest(id.value())));
  const seconds lifetime(request.lifetime_s() == 0 ? kLifetimeWhenUnset_s : request.lifetime_s());
  const Instant now = parts_.clock.Now();
  const Secret token = NewSecret(kTokenPrefix);
  const Session session = NewToken(parts_.ids.New<Session>("session"), id.value(), lifetime, now);
  const std::string tried = DigestOf(request.client_secret());
  bool known = false;
  const Result<void> issued = parts_.store.Change(call.deadline, [&](IdentityStore& store) -> Result<void> {
    const auto kept = BG_TRY(store.FindSecretDigest(id));
    known = kept.has_value();
    // A client that nobody has is compared too, with a digest that is no secret's.
    if (!EqualSecrets(kept.value_or(std::string(tried.size(), '\0')), tried) || !known) return Refused();
    ApiClient client = BG_TRY(store.LockApiClient(id));
    if (client.revoke_time) return Refused();
    if (!client.last_used_time || *client.last_used_time + kUseWrittenEvery <= now) {
      client.last_used_time = now;
      BG_TRY(store.SaveApiClient(client));
    }
    BG_TRY(store.AddSession(session, token.digest, now - kSessionKeptAfterEnd));
    BG_TRY(store.RemoveTry(one));
    return EndSessions(store, BySubject(call, id.value()), id.value(), parts_.sessions.per_subject_max, {});
  });
  if (!issued) {
    if (issued.error().Is(kSignInRefused)) parts_.log.Refused(known ? id.value() : "", kSignInRefused);
    return issued.error();
  }
  parts_.log.Admitted(id.value(), session.id.value());
  v1::IssueTokenResponse response;
  response.set_access_token(token.text);
  *response.mutable_expire_time() = rpc::ToTimestamp(*session.expire_time);
  return response;
}

Result<v1::ResolveTokenResponse> TokenApi::ResolveToken(const Call& call,
                                                        const v1::ResolveTokenRequest& request) {
  if (!LooksLikeToken(request.token())) return Unknown();
  std::optional<Bearer> bearer;
  BG_TRY(parts_.store.Read(call.deadline, [&](IdentityStore& store) -> Result<void> {
    bearer = BG_TRY(store.FindBearer(DigestOf(request.token())));
    return {};
  }));
  if (!bearer) return Unknown();
  const Instant now = parts_.clock.Now();
  BG_TRY(CheckInForce(bearer->session, now));
  if (const auto used = AfterUse(bearer->session, parts_.sessions, now)) {
    bearer->session = *used;
    const Result<void> written = parts_.store.Change(
        call.deadline, [&](IdentityStore& store) -> Result<void> { return store.SaveUse(*used); });
    // Who may read goes on reading while nothing can be written.
    if (!written) parts_.log.UseNotWritten(used->id.value(), written.error());
  }
  const Instant expire = AssertionEnd(bearer->session, key_.lifetime, now);
  v1::ResolveTokenResponse response;
  *response.mutable_signed_assertion() =
      rpc::SignAssertion(ToAssertion(*bearer, now, expire), key_.id, key_.seed);
  response.set_session_id(bearer->session.id.value());
  response.set_subject_id(bearer->subject.id);
  *response.mutable_expire_time() = rpc::ToTimestamp(expire);
  return response;
}

}  // namespace bordergate::identity
