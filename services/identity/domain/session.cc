#include "services/identity/domain/session.h"

#include <algorithm>

#include "services/identity/domain/reasons.h"

namespace bordergate::identity {

Session NewPersonSession(Id<Session> id, const std::string& person_id, const SessionRule& rule, Instant now) {
  return {.id = std::move(id),
          .kind = SubjectKind::kPerson,
          .subject_id = person_id,
          .create_time = now,
          .last_used_time = now,
          .expire_time = now + std::min(rule.idle, rule.absolute),
          .last_expire_time = now + rule.absolute};
}

Session NewToken(Id<Session> id, const std::string& api_client_id, seconds lifetime, Instant now) {
  return {.id = std::move(id),
          .kind = SubjectKind::kApiClient,
          .subject_id = api_client_id,
          .create_time = now,
          .last_used_time = now,
          .expire_time = now + lifetime,
          .last_expire_time = now + lifetime};
}

Session NewDeviceSession(Id<Session> id, const std::string& device_id, Instant now) {
  return {.id = std::move(id),
          .kind = SubjectKind::kDevice,
          .subject_id = device_id,
          .create_time = now,
          .last_used_time = now,
          .expire_time = std::nullopt,
          .last_expire_time = std::nullopt};
}

Result<void> CheckInForce(const Session& session, Instant now) {
  if (session.expire_time && now >= *session.expire_time) {
    return Error(kSessionExpired, "the session has ended by its time; sign in again");
  }
  return {};
}

std::optional<Session> AfterUse(const Session& session, const SessionRule& rule, Instant now) {
  if (now < session.last_used_time + kUseWrittenEvery) return std::nullopt;
  Session used = session;
  used.last_used_time = now;
  if (session.kind == SubjectKind::kPerson) {
    used.expire_time = std::min(now + rule.idle, session.last_expire_time.value_or(now + rule.idle));
  }
  return used;
}

Instant AssertionEnd(const Session& session, seconds lifetime, Instant now) {
  return std::min(now + lifetime, session.expire_time.value_or(now + lifetime));
}

}  // namespace bordergate::identity
