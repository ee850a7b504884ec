// Goal: the right caller reaches the right RPC with the right request, and everybody else is told why not.
// Method: a door on a free port, libcurl outside, services played inside.
#include "services/gateway/api/door.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bordergate/customs/v1/customs_service.pb.h"
#include "bordergate/identity/v1/identity_service.pb.h"
#include "bordergate/report/v1/report_service.pb.h"

#include "services/gateway/testing/test_door.h"

namespace bordergate::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kBearer = "Authorization: Bearer token-1";
const std::string kCookie = "Cookie: __Host-bordergate=token-1";
const std::string kKey = "Idempotency-Key: key-00000001";

class OpenDoor : public DoorTest {
 protected:
  void SetUp() override {
    Start();
    SignIn("token-1");
    upstream_.answers["GetMe"] = [](const UpstreamCall&) {
      identity::v1::GetMeResponse response;
      response.set_subject_id("person_1");
      return response.SerializeAsString();
    };
    upstream_.answers["CancelTrip"] = [](const UpstreamCall&) {
      return customs::v1::CancelTripResponse().SerializeAsString();
    };
    upstream_.answers["GetBoard"] = [](const UpstreamCall&) {
      return report::v1::GetBoardResponse().SerializeAsString();
    };
  }
};

TEST_F(OpenDoor, CallsTheRpcInTheCallersNameAndAnswersJson) {
  const auto response = Send("GET", "/v1/me", {kBearer});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(nlohmann::json::parse(response.body)["subject_id"], "person_1");
  ASSERT_EQ(upstream_.calls.size(), 1u);
  EXPECT_EQ(upstream_.calls[0].service, "identity");
  EXPECT_EQ(upstream_.calls[0].method, "bordergate.identity.v1.IdentityService.GetMe");
  EXPECT_EQ(upstream_.calls[0].assertion, "assertion of person_1");
  EXPECT_EQ(upstream_.calls[0].deadline, clock_.SteadyNow() + seconds(5));
}

TEST_F(OpenDoor, EveryAnswerCarriesWhatProtectsIt) {
  const auto response = Send("GET", "/v1/me", {kBearer, "X-Request-Id: my-request"});
  EXPECT_EQ(response.headers.at("x-request-id"), "my-request");
  EXPECT_EQ(response.headers.at("cache-control"), "no-store");
  EXPECT_THAT(response.headers.at("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(response.headers.at("ratelimit-policy"), "\"default\";q=1000;w=1");
  EXPECT_EQ(response.headers.at("ratelimit"), "\"default\";r=999;t=1");
}

TEST_F(OpenDoor, ATraceGoesOnAndARequestWithoutOneGetsOne) {
  Send("GET", "/v1/me", {kBearer, "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"});
  EXPECT_THAT(upstream_.calls[0].traceparent, HasSubstr("00-0af7651916cd43dd8448eb211c80319c-"));
  EXPECT_THAT(upstream_.calls[0].traceparent, Not(HasSubstr("b7ad6b7169203331")));
  const auto response = Send("GET", "/v1/me", {kBearer});
  EXPECT_THAT(upstream_.calls[1].traceparent, HasSubstr(response.headers.at("x-request-id")));
}

TEST_F(OpenDoor, NobodyAndAStrangerAreRefusedWithoutACall) {
  EXPECT_EQ(ReasonOf(Send("GET", "/v1/me")), "UNAUTHENTICATED");
  EXPECT_EQ(ReasonOf(Send("GET", "/v1/me", {"Authorization: Basic dTpw"})), "SESSION_UNKNOWN");
  EXPECT_EQ(ReasonOf(Send("GET", "/v1/me", {"Authorization: Bearer " + std::string(600, 'x')})),
            "UNAUTHENTICATED");
  const auto stranger = Send("GET", "/v1/me", {"Authorization: Bearer stolen"});
  EXPECT_EQ(stranger.status, 401);
  EXPECT_EQ(ReasonOf(stranger), "SESSION_UNKNOWN");
  EXPECT_EQ(stranger.headers.at("content-type"), "application/problem+json");
  EXPECT_EQ(nlohmann::json::parse(stranger.body)["request_id"], stranger.headers.at("x-request-id"));
  EXPECT_TRUE(upstream_.calls.empty());
}

TEST_F(OpenDoor, ThePublicMayReadWhatIsPublicEvenWithAnOldCookie) {
  EXPECT_EQ(Send("GET", "/v1/board").status, 200);
  EXPECT_EQ(Send("GET", "/v1/board", {"Cookie: __Host-bordergate=ended"}).status, 200);
  EXPECT_EQ(upstream_.calls[1].assertion, "");
  EXPECT_EQ(sessions_.asked(), 0);
}

TEST_F(OpenDoor, AnUnknownPathAndAWrongMethodSaySo) {
  EXPECT_EQ(ReasonOf(Send("GET", "/v1/nothing", {kBearer})), "PATH_UNKNOWN");
  const auto wrong = Send("DELETE", "/v1/me", {kBearer});
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(ReasonOf(wrong), "METHOD_NOT_ALLOWED");
  EXPECT_EQ(wrong.headers.at("allow"), "GET");
}

TEST_F(OpenDoor, IdentityIsAskedOncePerAssertion) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
  EXPECT_EQ(sessions_.asked(), 1);
  clock_.Advance(seconds(56));
  SignIn("token-1");
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
  EXPECT_EQ(sessions_.asked(), 2);
}

TEST_F(OpenDoor, ARevokedSessionIsRefusedAtOnce) {
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
  sessions_.Remove("token-1");
  cache_.DropSession("session of token-1");
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 401);
}

TEST_F(OpenDoor, IdentityIsAskedEachTimeWhileItsEventsDoNotArrive) {
  cache_.SetFollowing(false);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
  EXPECT_EQ(sessions_.asked(), 3);
}

TEST_F(OpenDoor, AKeptAssertionThatEndedOnItsWayIsMadeAnew) {
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
  int calls = 0;
  const auto answer = upstream_.answers["GetMe"];
  upstream_.answers["GetMe"] = [&](const UpstreamCall& call) -> Result<std::string> {
    if (++calls == 1) return Error("ASSERTION_EXPIRED", Code::kUnauthenticated, "too old");
    return answer(call);
  };
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(sessions_.asked(), 2);
}

TEST_F(OpenDoor, WithoutIdentityNobodyIsLetIn) {
  sessions_.FailWith(Error(kServiceUnavailable, "away"));
  const auto response = Send("GET", "/v1/me", {kBearer});
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(ReasonOf(response), "SERVICE_UNAVAILABLE");
  EXPECT_EQ(response.headers.at("retry-after"), "1");
  EXPECT_TRUE(upstream_.calls.empty());
}

TEST_F(OpenDoor, AServiceThatIsAwayIsOneProblemAndTheOthersGoOn) {
  EXPECT_EQ(ReasonOf(Send("GET", "/v1/yards", {kBearer})), "SERVICE_UNAVAILABLE");
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
}

TEST_F(OpenDoor, AServicesErrorArrivesWhole) {
  upstream_.answers["CancelTrip"] = [](const UpstreamCall&) -> Result<std::string> {
    return Error("TRIP_NOT_CANCELLABLE", Code::kFailedPrecondition, "it has crossed")
        .With("state", "STATE_CROSSED");
  };
  const auto response = Send("POST", "/v1/trips/trip_1:cancel", {kBearer, kKey}, "{}");
  EXPECT_EQ(response.status, 409);
  const auto problem = nlohmann::json::parse(response.body);
  EXPECT_EQ(problem["reason"], "TRIP_NOT_CANCELLABLE");
  EXPECT_EQ(problem["detail"], "it has crossed");
  EXPECT_EQ(problem["params"]["state"], "STATE_CROSSED");
}

TEST_F(OpenDoor, PathHeaderAndBodyBecomeOneRequest) {
  EXPECT_EQ(Send("POST", "/v1/trips/trip_1:cancel", {kBearer, kKey}, R"({"reason": "broken down"})").status,
            200);
  customs::v1::CancelTripRequest request;
  ASSERT_TRUE(request.ParseFromString(upstream_.calls[0].request));
  EXPECT_EQ(request.trip_id(), "trip_1");
  EXPECT_EQ(request.request_id(), "key-00000001");
  EXPECT_EQ(request.reason(), "broken down");
}

TEST_F(OpenDoor, AChangeWithoutItsKeyIsRefusedBeforeAnyCall) {
  const auto response = Send("POST", "/v1/trips/trip_1:cancel", {kBearer}, "{}");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(ReasonOf(response), "IDEMPOTENCY_KEY_MISSING");
  EXPECT_TRUE(upstream_.calls.empty());
}

TEST_F(OpenDoor, ACookieMayReadButChangesOnlyFromOurOwnPages) {
  const std::string path = "/v1/trips/trip_1:cancel";
  EXPECT_EQ(Send("GET", "/v1/me", {kCookie}).status, 200);
  EXPECT_EQ(ReasonOf(Send("POST", path, {kCookie, kKey}, "{}")), "CROSS_SITE_REFUSED");
  EXPECT_EQ(ReasonOf(Send("POST", path, {kCookie, kKey, "X-Session: cookie", "Origin: https://evil.example"},
                          "{}")),
            "CROSS_SITE_REFUSED");
  EXPECT_EQ(
      ReasonOf(Send("POST", path, {kCookie, kKey, "X-Session: cookie", "Sec-Fetch-Site: cross-site"}, "{}")),
      "CROSS_SITE_REFUSED");
  const std::string own = fmt::format("Origin: http://127.0.0.1:{}", server_->port());
  EXPECT_EQ(Send("POST", path, {kCookie, kKey, "X-Session: cookie", own, "Sec-Fetch-Site: same-origin"}, "{}")
                .status,
            200);
  // A token in a header was put there by a program, not by a browser.
  EXPECT_EQ(Send("POST", path, {kBearer, kCookie, kKey}, "{}").status, 200);
}

TEST_F(OpenDoor, ABrowserGetsItsSessionAsACookieAndNeverSeesIt) {
  upstream_.answers["SignIn"] = [](const UpstreamCall&) {
    identity::v1::SignInResponse response;
    response.set_session_token("new-token");
    response.mutable_person()->set_person_id("person_1");
    return response.SerializeAsString();
  };
  const std::string body = R"({"sign_in_name": "a", "password": "b"})";
  const auto browser = Send("POST", "/v1/sign-in", {"X-Session: cookie"}, body);
  EXPECT_EQ(browser.headers.at("set-cookie"),
            "__Host-bordergate=new-token; Path=/; Secure; HttpOnly; SameSite=Strict");
  EXPECT_THAT(browser.body, Not(HasSubstr("new-token")));
  EXPECT_THAT(browser.body, HasSubstr("person_1"));
  const auto program = Send("POST", "/v1/sign-in", {}, body);
  EXPECT_THAT(program.body, HasSubstr("new-token"));
  EXPECT_FALSE(program.headers.contains("set-cookie"));
  EXPECT_EQ(
      ReasonOf(Send("POST", "/v1/sign-in", {"X-Session: cookie", "Origin: https://evil.example"}, body)),
      "CROSS_SITE_REFUSED");
}

TEST_F(OpenDoor, SigningOutTakesTheCookieAway) {
  upstream_.answers["SignOut"] = [](const UpstreamCall&) { return std::string(); };
  const auto response = Send("POST", "/v1/sign-out", {kCookie, "X-Session: cookie"}, "{}");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.at("set-cookie"),
            "__Host-bordergate=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

TEST_F(OpenDoor, HeadIsGetWithoutTheBody) {
  const auto response = Send("HEAD", "/v1/me", {kBearer});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
}

class NarrowDoor : public DoorTest {};

TEST_F(NarrowDoor, ACallerInAHurryIsToldToWaitAndOthersAreNot) {
  rules_.caller_rate = {.per_second = 1, .burst = 2};
  Start();
  SignIn("token-1", "person_1");
  SignIn("token-2", "person_2");
  upstream_.answers["GetMe"] = [](const UpstreamCall&) { return std::string(); };
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
  const auto refused = Send("GET", "/v1/me", {kBearer});
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(ReasonOf(refused), "RATE_EXCEEDED");
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  EXPECT_EQ(refused.headers.at("ratelimit"), "\"default\";r=0;t=2");
  EXPECT_EQ(Send("GET", "/v1/me", {"Authorization: Bearer token-2"}).status, 200);
  clock_.Advance(seconds(1));
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
}

TEST_F(NarrowDoor, GuessingTokensIsSlowedDownByAddress) {
  rules_.address_rate = {.per_second = 1, .burst = 3};
  Start();
  SignIn("token-1");
  upstream_.answers["GetMe"] = [](const UpstreamCall&) { return std::string(); };
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Send("GET", "/v1/me", {fmt::format("Authorization: Bearer guess-{}", i)}).status, 401);
  }
  EXPECT_EQ(ReasonOf(Send("GET", "/v1/me", {"Authorization: Bearer guess-4"})), "RATE_EXCEEDED");
  EXPECT_EQ(ReasonOf(Send("GET", "/v1/board")), "RATE_EXCEEDED");
  EXPECT_EQ(sessions_.asked(), 4);
  // Who is signed in already goes on.
  EXPECT_EQ(Send("GET", "/v1/me", {kBearer}).status, 200);
}

TEST_F(NarrowDoor, TooManyWaitingCallsAreRefusedNotPiledUp) {
  rules_.calls_max = 0;
  Start();
  const auto response = Send("GET", "/v1/board");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(ReasonOf(response), "OVERLOADED");
}

TEST_F(NarrowDoor, AMegabyteOfNestingIsRefused) {
  Start();
  SignIn("token-1");
  std::string nested;
  while (nested.size() < 1'000'000) nested += "{\"a\":";
  EXPECT_EQ(ReasonOf(Send("POST", "/v1/trips", {kBearer, kKey}, nested)), "BODY_TOO_COMPLEX");
}

}  // namespace
}  // namespace bordergate::gateway
