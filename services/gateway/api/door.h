// The way of a request for an RPC: route, who is asking, may it ask now, does the browser mean it, what does
// it say, call, answer. Each step is a function; nothing here knows one endpoint from another.
#pragma once

#include <string>
#include <vector>

#include "services/gateway/api/call_count.h"
#include "services/gateway/api/event_streams.h"
#include "services/gateway/api/json_reader.h"
#include "services/gateway/api/session_cache.h"
#include "services/gateway/api/visit.h"
#include "services/gateway/domain/upstream.h"

namespace bordergate::gateway {

// Name of the session cookie. The prefix makes browsers insist on Secure, Path=/ and no Domain.
inline constexpr char kSessionCookie[] = "__Host-bordergate";

struct DoorRules {
  JsonLimits json;
  RateRule caller_rate;   // of somebody signed in
  RateRule address_rate;  // of an address, for everybody who is not
  size_t callers_max = 0;
  milliseconds call_deadline{};
  int calls_max = 0;                         // calls to services that wait for their answer
  std::vector<std::string> public_origins;   // see CheckSameOrigin()
  std::vector<std::string> trusted_proxies;  // see ClientAddress()
};

// What the door works with; everything outlives it.
struct DoorParts {
  const Contract& contract;
  const Dispatcher& dispatcher;
  Upstream& upstream;
  SessionSource& sessions;
  SessionCache& cache;
  EventStreams& streams;
  const Clock& clock;
};

// Safe for use by several threads.
class Door {
 public:
  Door(DoorParts parts, DoorRules rules);
  // Waits for the answers that are still under way: rules.call_deadline at most.
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  // Answers a request below /v1, at once or later.
  void Handle(http::Request request, http::Reply reply);
  // What Handle starts with; also for requests that are answered elsewhere.
  VisitPtr Begin(http::Request request, http::Reply reply) const;

 private:
  void Route(const VisitPtr& visit);
  void Authenticate(const VisitPtr& visit);
  void Resolve(const VisitPtr& visit);
  void AskIdentity(const VisitPtr& visit, std::function<void(Result<Session>)> then);
  void OnResolved(const VisitPtr& visit, Result<Session> session, int64_t generation);
  void Admit(const VisitPtr& visit);
  void Call(const VisitPtr& visit, const std::string& request);
  void OnAnswer(const VisitPtr& visit, const std::string& request, Result<std::string> answer);
  void Answer(const VisitPtr& visit, const std::string& bytes);
  Result<void> CheckBrowser(const Visit& visit) const;
  bool TakeAddressToken(Visit& visit);
  UpstreamCall MakeCall(const Visit& visit, std::string request) const;

  const DoorParts parts_;
  const DoorRules rules_;
  RateLimiter caller_limiter_;
  RateLimiter address_limiter_;
  const std::shared_ptr<CallCount> calls_ = std::make_shared<CallCount>();      // to services
  const std::shared_ptr<CallCount> questions_ = std::make_shared<CallCount>();  // to identity
};

}  // namespace bordergate::gateway
