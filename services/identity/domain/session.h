// One opaque token in somebody's hands: a person's session, an API client's token, a device's token.
#pragma once

#include <optional>
#include <string>

#include "libs/core/clock.h"
#include "libs/core/id.h"
#include "libs/core/result.h"
#include "services/identity/domain/subject.h"

namespace bordergate::identity {

struct Session {
  Id<Session> id;
  SubjectKind kind = SubjectKind::kPerson;
  std::string subject_id;
  Instant create_time;
  Instant last_used_time;
  std::optional<Instant> expire_time;       // absent: until it is revoked
  std::optional<Instant> last_expire_time;  // being used never moves expire_time beyond this
};

// A session with whom it speaks for.
struct Bearer {
  Session session;
  Subject subject;
};

struct SessionRule {
  seconds idle{};             // a person's session ends when it was not used for this long
  seconds absolute{};         // and at the latest this long after it began
  int per_subject_max = 100;  // one more ends the oldest
};

// Last-used times are written at most this often, so that asking who holds a token is nearly always a read.
inline constexpr seconds kUseWrittenEvery{60};

Session NewPersonSession(Id<Session> id, const std::string& person_id, const SessionRule& rule, Instant now);
//   lifetime   1 s to one day
Session NewToken(Id<Session> id, const std::string& api_client_id, seconds lifetime, Instant now);
Session NewDeviceSession(Id<Session> id, const std::string& device_id, Instant now);

//   errors   SESSION_EXPIRED
Result<void> CheckInForce(const Session& session, Instant now);

// The session as it is to be written after a use now; nothing when the last write is recent enough.
std::optional<Session> AfterUse(const Session& session, const SessionRule& rule, Instant now);

// When an assertion made now for the session ends: after `lifetime`, or with the session if that is sooner.
Instant AssertionEnd(const Session& session, seconds lifetime, Instant now);

}  // namespace bordergate::identity
