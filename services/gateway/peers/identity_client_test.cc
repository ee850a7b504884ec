// Goal: what the gateway believes of a session follows identity, whatever breaks in between. Method: identity
// as a real gRPC server with mTLS that the test stops and starts again.
#include "services/gateway/peers/identity_client.h"

#include <future>

#include <gtest/gtest.h>

#include "libs/core/reasons.h"
#include "services/gateway/peers/rpc_upstream.h"
#include "services/gateway/testing/fake_identity.h"

namespace bordergate::gateway {
namespace {

// What the follower says, to be waited for.
class Heard {
 public:
  SessionFollower::Listener listener() {
    return {.on_following =
                [this](bool following) {
                  Set([&] {
                    if (following_ && !following) ++breaks_;
                    following_ = following;
                    told_ = true;
                  });
                },
            .on_session_ended = [this](const std::string& id) { Set([&] { ended_.insert(id); }); },
            .on_subject_changed = [this](const std::string& id) { Set([&] { changed_.insert(id); }); }};
  }
  bool WaitUntilFollowing() {
    return Wait([&] { return following_; });
  }
  bool WaitForABreak() {
    return Wait([&] { return breaks_ > 0; });
  }
  bool WaitUntilToldNo() {
    return Wait([&] { return told_ && !following_; });
  }
  bool WaitUntilEnded(const std::string& session_id) {
    return Wait([&] { return ended_.contains(session_id); });
  }

 private:
  template <class Change>
  void Set(Change change) {
    const std::lock_guard lock(mutex_);
    change();
    happened_.notify_all();
  }
  template <class Holds>
  bool Wait(Holds holds) {
    std::unique_lock lock(mutex_);
    return happened_.wait_for(lock, seconds(20), holds);
  }
  std::mutex mutex_;
  std::condition_variable happened_;
  bool told_ = false;
  bool following_ = false;
  int breaks_ = 0;
  std::set<std::string> ended_;
  std::set<std::string> changed_;
};

class Identity : public ::testing::Test {
 protected:
  Identity() { identity_ = std::make_unique<FakeIdentity>(pki_, rpc_, clock_); }

  std::string address() const { return "127.0.0.1:" + std::to_string(identity_->port()); }
  void Open() { upstream_.emplace(std::map<std::string, std::string>{{"identity", address()}}, tls_); }
  Result<Session> Resolve(const std::string& token) {
    std::promise<Result<Session>> answer;
    IdentityClient(*upstream_)
        .Resolve(token, clock_.SteadyNow() + seconds(10), "",
                 [&](Result<Session> session) { answer.set_value(std::move(session)); });
    return answer.get_future().get();
  }
  // Stops identity, or starts it again on the same port with what it knew.
  void Restart() {
    const int port = identity_->port();
    identity_.reset();
    rpc_.listen = "127.0.0.1:" + std::to_string(port);
    identity_ = std::make_unique<FakeIdentity>(pki_, rpc_, clock_);
  }

  TestPki pki_;
  SystemClock clock_;
  Telemetry telemetry_{"gateway", "error"};
  RpcConfig rpc_ = pki_.MakeRpcConfig("identity");
  TlsConfig tls_ = pki_.MakeCertificate("gateway");
  std::unique_ptr<FakeIdentity> identity_;
  std::optional<RpcUpstream> upstream_;
};

TEST_F(Identity, TellsWhoHoldsAToken) {
  Open();
  identity_->SignIn("token-1", "person_1");
  const Result<Session> session = Resolve("token-1");
  ASSERT_TRUE(session.has_value()) << session.error().message();
  EXPECT_EQ(session->subject_id, "person_1");
  EXPECT_EQ(session->session_id, "session_token-1");
  EXPECT_GT(session->expire_time, clock_.Now() + seconds(50));
  EXPECT_FALSE(session->assertion.empty());
  EXPECT_EQ(Resolve("stolen").error().reason(), "SESSION_UNKNOWN");
}

TEST_F(Identity, ItsServicesAreCalledInTheCallersName) {
  Open();
  identity_->SignIn("token-1", "person_1");
  std::promise<Result<std::string>> answer;
  upstream_->Call({.service = "identity",
                   .method = "bordergate.identity.v1.IdentityService.GetMe",
                   .request = {},
                   .deadline = clock_.SteadyNow() + seconds(10),
                   .traceparent = {},
                   .assertion = Resolve("token-1")->assertion},
                  [&](Result<std::string> bytes) { answer.set_value(std::move(bytes)); });
  const Result<std::string> bytes = answer.get_future().get();
  ASSERT_TRUE(bytes.has_value()) << bytes.error().message();
  identity::v1::GetMeResponse me;
  ASSERT_TRUE(me.ParseFromString(*bytes));
  EXPECT_EQ(me.subject_id(), "person_1");
}

TEST_F(Identity, AServiceThatIsNotInstalledIsUnavailable) {
  Open();
  std::promise<Result<std::string>> answer;
  upstream_->Call({.service = "yard", .method = "x"},
                  [&](Result<std::string> bytes) { answer.set_value(std::move(bytes)); });
  EXPECT_TRUE(answer.get_future().get().error().Is(kServiceUnavailable));
  std::promise<Result<void>> end;
  const auto stream = upstream_->Open({.service = "yard", .method = "x"}, nullptr,
                                      [&](Result<void> why) { end.set_value(std::move(why)); });
  EXPECT_TRUE(end.get_future().get().error().Is(kServiceUnavailable));
  stream->Next();
  stream->Cancel();
}

TEST_F(Identity, ItsEventsAreFollowedFromNowOn) {
  identity_->SignIn("old", "person_1");
  identity_->Revoke("old");
  identity_->SignIn("new", "person_1");
  Open();
  Heard heard;
  SessionFollower follower(*upstream_->channel("identity"), telemetry_, clock_, heard.listener());
  ASSERT_TRUE(heard.WaitUntilFollowing());
  identity_->Revoke("new");
  EXPECT_TRUE(heard.WaitUntilEnded("session_new"));
}

TEST_F(Identity, ABreakIsNoticedAndHealsByItself) {
  Open();
  Heard heard;
  SessionFollower follower(*upstream_->channel("identity"), telemetry_, clock_, heard.listener());
  ASSERT_TRUE(heard.WaitUntilFollowing());
  Restart();
  ASSERT_TRUE(heard.WaitForABreak());
  ASSERT_TRUE(heard.WaitUntilFollowing());
  identity_->SignIn("token-1", "person_1");
  identity_->Revoke("token-1");
  EXPECT_TRUE(heard.WaitUntilEnded("session_token-1"));
}

TEST_F(Identity, WithoutItNothingIsFollowedAndTheEndDoesNotWait) {
  Open();
  identity_.reset();
  Heard heard;
  SessionFollower follower(*upstream_->channel("identity"), telemetry_, clock_, heard.listener());
  EXPECT_TRUE(heard.WaitUntilToldNo());
  EXPECT_TRUE(Resolve("token-1").error().Is(kServiceUnavailable));
}

}  // namespace
}  // namespace bordergate::gateway
