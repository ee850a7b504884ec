// A whole door on a free port, with services played by the test.
#pragma once

#include <nlohmann/json.hpp>

#include "libs/http/testing/curl_client.h"
#include "libs/http/testing/raw_client.h"
#include "libs/http/testing/test_server.h"
#include "libs/testing/manual_clock.h"
#include "services/gateway/api/door.h"
#include "services/gateway/testing/fake_upstream.h"
#include "services/gateway/testing/test_contract.h"

namespace bordergate::gateway {

class DoorTest : public ::testing::Test {
 protected:
  DoorTest() { cache_.SetFollowing(true); }
  ~DoorTest() override {
    if (server_ != nullptr) server_->Stop(std::chrono::seconds(0));
  }

  // Call once, after changing rules_ and stream_rules_.
  void Start() {
    streams_.emplace(TestContract(), dispatcher_, upstream_, sessions_, clock_, telemetry_, stream_rules_);
    door_.emplace(DoorParts{TestContract(), dispatcher_, upstream_, sessions_, cache_, *streams_, clock_},
                  rules_);
    server_ =
        http::StartForTest([this](http::Request request,
                                  http::Reply reply) { door_->Handle(std::move(request), std::move(reply)); },
                           server_options_);
  }

  Session SignIn(const std::string& token, const std::string& subject_id = "person_1") {
    Session session{.assertion = "assertion of " + subject_id,
                    .session_id = "session of " + token,
                    .subject_id = subject_id,
                    .expire_time = clock_.Now() + seconds(60)};
    sessions_.Put(token, session);
    return session;
  }

  http::CurlResponse Send(const std::string& method, const std::string& path,
                          std::vector<std::string> headers = {}, const std::string& body = "") {
    if (!body.empty()) headers.push_back("Content-Type: application/json");
    return http::Curl(
        {.method = method, .url = http::UrlOf(*server_, path), .headers = std::move(headers), .body = body});
  }

  static std::string ReasonOf(const http::CurlResponse& response) {
    const auto body = nlohmann::json::parse(response.body, nullptr, false);
    return body.is_object() && body.contains("reason") ? body["reason"].get<std::string>() : "no reason";
  }

  DoorRules rules_{.json = {},
                   .caller_rate = {.per_second = 1000, .burst = 1000},
                   .address_rate = {.per_second = 1000, .burst = 1000},
                   .callers_max = 100,
                   .call_deadline = seconds(5),
                   .calls_max = 100};
  StreamRules stream_rules_{.per_caller_max = 2,
                            .total_max = 10,
                            .heartbeat_interval = seconds(15),
                            .head_delay = milliseconds(500),
                            .session_grace = seconds(60)};
  http::ServerOptions server_options_;
  ManualClock clock_;
  Telemetry telemetry_{"gateway", "error"};
  FakeUpstream upstream_;
  FakeSessions sessions_;
  SessionCache cache_{100};
  Dispatcher dispatcher_{TestContract(), telemetry_, clock_, 0};
  std::optional<EventStreams> streams_;
  std::optional<Door> door_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace bordergate::gateway
