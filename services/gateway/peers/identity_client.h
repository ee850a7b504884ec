// identity: who holds a token, and which sessions end.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "libs/rpc/channel.h"
#include "libs/telemetry/telemetry.h"
#include "services/gateway/domain/session.h"
#include "services/gateway/domain/upstream.h"

namespace bordergate::gateway {

// Asks identity for each token. Safe for use by several threads.
class IdentityClient final : public SessionSource {
 public:
  explicit IdentityClient(Upstream& upstream) : upstream_(upstream) {}

  void Resolve(const std::string& token, SteadyInstant deadline, const std::string& traceparent,
               std::function<void(Result<Session>)> done) override;

 private:
  Upstream& upstream_;
};

// Follows identity's events on a thread of its own, so that what is kept of sessions stays true. It begins at
// the head: what happened before the start concerns no kept session.
class SessionFollower {
 public:
  struct Listener {
    // Whether the events arrive. False at once when they break off; true when everything that happened is
    // told.
    std::function<void(bool)> on_following;
    std::function<void(const std::string& session_id)> on_session_ended;
    std::function<void(const std::string& subject_id)> on_subject_changed;
  };

  SessionFollower(rpc::Channel& identity, Telemetry& telemetry, const Clock& clock, Listener listener);
  ~SessionFollower();

  // Tells that the events do not arrive when identity has been silent for too long; to be called a few times
  // a second.
  void Tick();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordergate::gateway
