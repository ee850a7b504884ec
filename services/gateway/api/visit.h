// One request on its way through the door, and how its answer leaves.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "libs/core/clock.h"
#include "libs/http/server.h"
#include "libs/telemetry/telemetry.h"
#include "libs/telemetry/trace.h"
#include "services/gateway/api/contract.h"
#include "services/gateway/api/rate_limiter.h"
#include "services/gateway/domain/session.h"

namespace bordergate::gateway {

struct Visit {
  http::Request request;
  http::Reply reply;
  const Endpoint* endpoint = nullptr;  // null: not of the contract
  RouteTable::Variables variables;
  Trace trace;
  std::string request_id;      // what the caller called it, else the trace id
  std::string client_address;  // see ClientAddress()
  SteadyInstant began;

  std::string token;
  bool token_from_cookie = false;
  std::optional<Session> session;  // once identity has said who is asking
  bool session_from_cache = false;
  std::optional<RateLimiter::Answer> rate;

  // Who is asking, for limits and the log: the subject, or the address.
  std::string caller() const { return session ? session->subject_id : client_address; }
};

using VisitPtr = std::shared_ptr<Visit>;

// Sends answers with what all of them carry (X-Request-Id, RateLimit, Cache-Control, what protects browsers),
// counts them and writes one log line each (pages: only at level debug). Safe for use by several threads.
class Dispatcher {
 public:
  //   hsts_max_age_s   see AddSecurityHeaders()
  Dispatcher(const Contract& contract, Telemetry& telemetry, const Clock& clock, int64_t hsts_max_age_s);

  void Send(const Visit& visit, http::Response response) const;
  void SendProblem(const Visit& visit, const Error& error) const;
  // The head of an answer that goes on; counted and logged now.
  http::Stream StartStream(const Visit& visit, http::Response head) const;

 private:
  struct ServiceMetrics {
    Counter answered[5];  // by the status' first digit
    Histogram duration;
  };
  void Complete(const Visit& visit, http::Response& response) const;
  void Record(const Visit& visit, int status, std::string_view reason) const;

  Telemetry& telemetry_;
  const Clock& clock_;
  const int64_t hsts_max_age_s_;
  std::map<std::string, ServiceMetrics> metrics_;  // by service; "gateway" for what no service answered
};

}  // namespace bordergate::gateway
