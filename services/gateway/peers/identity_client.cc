#include "services/gateway/peers/identity_client.h"

#include "bordergate/identity/v1/identity_service.rpc.h"

#include "libs/core/reasons.h"
#include "libs/rpc/time.h"
#include "libs/rpc/watch.h"

namespace bordergate::gateway {
namespace {

namespace v1 = identity::v1;

// identity says every second that it lives; three missed ones are a break.
constexpr milliseconds kSilenceMax{3500};

}  // namespace

void IdentityClient::Resolve(const std::string& token, SteadyInstant deadline, const std::string& traceparent,
                             std::function<void(Result<Session>)> done) {
  v1::ResolveTokenRequest request;
  request.set_token(token);
  upstream_.Call({.service = "identity",
                  .method = v1::identity_service::ResolveToken::kName,
                  .request = request.SerializeAsString(),
                  .deadline = deadline,
                  .traceparent = traceparent,
                  .assertion = {}},
                 [done = std::move(done)](Result<std::string> answer) {
                   if (!answer) return done(answer.error());
                   v1::ResolveTokenResponse response;
                   if (!response.ParseFromString(*answer))
                     return done(Error(kInternal, "identity's answer cannot be read"));
                   done(Session{.assertion = response.signed_assertion().SerializeAsString(),
                                .session_id = response.session_id(),
                                .subject_id = response.subject_id(),
                                .expire_time = rpc::ToInstant(response.expire_time())});
                 });
}

struct SessionFollower::State {
  using Watch = v1::identity_service::Watch;

  State(rpc::Channel& identity_channel, Telemetry& telemetry, const Clock& the_clock, Listener the_listener)
      : identity(identity_channel),
        clock(the_clock),
        listener(std::move(the_listener)),
        subscription(identity, telemetry, clock,
                     {.load = [this] { return Load(); },
                      .apply = [this](const auto& events, int64_t) { return Apply(events); },
                      .on_caught_up = [this](int64_t) { listener.on_following(true); }}) {}

  // Called before each connection: until its first answer nothing is certain.
  Result<int64_t> Load() {
    listener.on_following(false);
    if (sequence >= 0) return sequence;
    {
      const std::lock_guard lock(mutex);
      if (stopping) return Error(kCancelled, "the program ends");
      head_stream.emplace(
          identity.Open<Watch>(rpc::CallOptions::Own(clock, milliseconds(0)), v1::WatchRequest()));
    }
    v1::WatchResponse first;
    const bool read = head_stream->Read(&first);
    const std::lock_guard lock(mutex);
    head_stream->Cancel();
    const Result<void> end = head_stream->Finish();
    head_stream.reset();
    if (!read) return end ? Error(kServiceUnavailable, "identity ended its events at once") : end.error();
    sequence = first.head_sequence();
    return sequence;
  }

  void Stop() {
    const std::lock_guard lock(mutex);
    stopping = true;
    if (head_stream) head_stream->Cancel();
  }

  Result<void> Apply(const std::vector<v1::IdentityEvent>& events) {
    for (const v1::IdentityEvent& event : events) {
      sequence = event.header().sequence();
      if (event.header().kind() == "session.revoked" && !event.session_id().empty()) {
        listener.on_session_ended(event.session_id());
      } else {
        listener.on_subject_changed(event.subject_id());
      }
    }
    return {};
  }

  rpc::Channel& identity;
  const Clock& clock;
  const Listener listener;
  int64_t sequence = -1;  // applied last; the subscription's thread only
  std::mutex mutex;
  bool stopping = false;
  std::optional<rpc::ServerStream<v1::WatchResponse>> head_stream;
  rpc::Subscription<Watch> subscription;
};

SessionFollower::SessionFollower(rpc::Channel& identity, Telemetry& telemetry, const Clock& clock,
                                 Listener listener)
    : state_(std::make_unique<State>(identity, telemetry, clock, std::move(listener))) {}

SessionFollower::~SessionFollower() { state_->Stop(); }

void SessionFollower::Tick() {
  if (state_->subscription.age() > kSilenceMax) state_->listener.on_following(false);
}

}  // namespace bordergate::gateway
