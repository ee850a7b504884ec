#include "services/gateway/api/door.h"

#include <fmt/format.h>

#include "libs/core/reasons.h"
#include "libs/core/text.h"
#include "libs/rpc/assertion.h"
#include "services/gateway/api/answer.h"
#include "services/gateway/api/request_builder.h"
#include "services/gateway/domain/browser_rules.h"
#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

constexpr size_t kTokenBytesMax = 512;
constexpr size_t kRequestIdBytesMax = 64;

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

std::string Join(const std::vector<std::string>& items) {
  std::string joined;
  for (const std::string& item : items) joined += (joined.empty() ? "" : ", ") + item;
  return joined;
}

Error RateError(const RateLimiter::Answer& rate) {
  return Error(kRateExceeded, fmt::format("wait {} s, then go on more slowly", rate.retry_after.count()))
      .With("retry_after_s", std::to_string(rate.retry_after.count()));
}

// The token that the request carries, and whether it came as a cookie. A header wins: a page of another site
// cannot set it.
std::pair<std::string, bool> FindToken(const http::Request& request) {
  const std::string_view authorization = Trim(request.Header("Authorization"));
  if (!authorization.empty()) {
    const bool bearer = LowerAscii(authorization.substr(0, 7)) == "bearer ";
    return {std::string(bearer ? Trim(authorization.substr(7)) : "?"), false};
  }
  return {std::string(CookieValue(request.Header("Cookie"), kSessionCookie)), true};
}

}  // namespace

Door::Door(DoorParts parts, DoorRules rules)
    : parts_(parts),
      rules_(std::move(rules)),
      caller_limiter_(rules_.caller_rate, rules_.callers_max),
      address_limiter_(rules_.address_rate, rules_.callers_max) {}

Door::~Door() {
  // An answer may lead to one more question, and that to one more call.
  for (int round = 0; round < 2; ++round) {
    questions_->WaitUntilNone();
    calls_->WaitUntilNone();
  }
}

VisitPtr Door::Begin(http::Request request, http::Reply reply) const {
  auto visit = std::make_shared<Visit>(Visit{.request = std::move(request), .reply = std::move(reply)});
  visit->began = parts_.clock.SteadyNow();
  visit->trace = Trace::FromHeader(visit->request.Header("traceparent")).Child();
  const std::string_view given = visit->request.Header("X-Request-Id");
  const bool usable = !given.empty() && given.size() <= kRequestIdBytesMax && IsPrintable(given);
  visit->request_id = usable ? std::string(given) : visit->trace.trace_id;
  visit->client_address = ClientAddress(visit->request.remote_address,
                                        visit->request.Header("X-Forwarded-For"), rules_.trusted_proxies);
  return visit;
}

void Door::Handle(http::Request request, http::Reply reply) {
  Route(Begin(std::move(request), std::move(reply)));
}

void Door::Route(const VisitPtr& visit) {
  const std::string& method = visit->request.method;
  RouteTable::Answer found =
      parts_.contract.routes().Find(method == "HEAD" ? "GET" : method, visit->request.segments);
  if (!found.match) {
    if (!TakeAddressToken(*visit)) return parts_.dispatcher.SendProblem(*visit, RateError(*visit->rate));
    if (found.allowed_methods.empty()) {
      return parts_.dispatcher.SendProblem(
          *visit, Error(kPathUnknown, "nothing answers here; the paths are listed at /docs"));
    }
    const std::string allowed = Join(found.allowed_methods);
    return parts_.dispatcher.SendProblem(
        *visit, Error(kMethodNotAllowed, fmt::format("this path takes {}", allowed)).With("allow", allowed));
  }
  visit->endpoint = &parts_.contract.endpoints()[static_cast<size_t>(found.match->route)];
  visit->variables = std::move(found.match->variables);
  Authenticate(visit);
}

void Door::Authenticate(const VisitPtr& visit) {
  if (visit->endpoint->is_public()) {
    if (!TakeAddressToken(*visit)) return parts_.dispatcher.SendProblem(*visit, RateError(*visit->rate));
    return Admit(visit);
  }
  std::tie(visit->token, visit->token_from_cookie) = FindToken(visit->request);
  if (visit->token.empty() || visit->token.size() > kTokenBytesMax || !IsPrintable(visit->token)) {
    if (!TakeAddressToken(*visit)) return parts_.dispatcher.SendProblem(*visit, RateError(*visit->rate));
    return parts_.dispatcher.SendProblem(
        *visit, Error(kUnauthenticated,
                      "sign in first; send the token as \"Authorization: Bearer …\" or the session cookie"));
  }
  Resolve(visit);
}

void Door::Resolve(const VisitPtr& visit) {
  int64_t generation = 0;
  visit->session = parts_.cache.Find(visit->token, parts_.clock.Now(), &generation);
  visit->session_from_cache = visit->session.has_value();
  if (visit->session) return Admit(visit);
  // Who guesses tokens is slowed down by its address before identity is asked.
  const RateLimiter::Answer address = address_limiter_.Look(visit->client_address, visit->began);
  if (!address.allowed) {
    visit->rate = address;
    return parts_.dispatcher.SendProblem(*visit, RateError(address));
  }
  AskIdentity(visit, [this, visit, generation](Result<Session> session) {
    OnResolved(visit, std::move(session), generation);
  });
}

void Door::AskIdentity(const VisitPtr& visit, std::function<void(Result<Session>)> then) {
  (void)questions_->Enter();
  parts_.sessions.Resolve(visit->token, visit->began + rules_.call_deadline, visit->trace.Header(),
                          [then = std::move(then), questions = questions_](Result<Session> session) {
                            then(std::move(session));
                            questions->Leave();
                          });
}

void Door::OnResolved(const VisitPtr& visit, Result<Session> session, int64_t generation) {
  if (!session) {
    if (session.error().code() == Code::kUnauthenticated) TakeAddressToken(*visit);
    return parts_.dispatcher.SendProblem(*visit, session.error());
  }
  parts_.cache.Keep(visit->token, *session, generation, parts_.clock.Now());
  visit->session = *std::move(session);
  Admit(visit);
}

bool Door::TakeAddressToken(Visit& visit) {
  visit.rate = address_limiter_.Take(visit.client_address, visit.began);
  return visit.rate->allowed;
}

Result<void> Door::CheckBrowser(const Visit& visit) const {
  const http::Request& request = visit.request;
  const BrowserHeaders headers{.x_session = request.Header("X-Session"),
                               .origin = request.Header("Origin"),
                               .sec_fetch_site = request.Header("Sec-Fetch-Site"),
                               .host = request.Header("Host")};
  const bool uses_cookie = visit.session && visit.token_from_cookie && visit.endpoint->changes();
  const bool wants_cookie =
      visit.endpoint->session != common::v1::SESSION_EFFECT_UNSPECIFIED && headers.x_session == "cookie";
  if (!uses_cookie && !wants_cookie) return {};
  return CheckSameOrigin(headers, request.secure, rules_.public_origins);
}

void Door::Admit(const VisitPtr& visit) {
  if (visit->session && !visit->rate) {
    visit->rate = caller_limiter_.Take(visit->session->subject_id, visit->began);
    if (!visit->rate->allowed) return parts_.dispatcher.SendProblem(*visit, RateError(*visit->rate));
  }
  const Result<void> browser = CheckBrowser(*visit);
  if (!browser) return parts_.dispatcher.SendProblem(*visit, browser.error());
  Result<std::string> request =
      BuildRequest(parts_.contract, *visit->endpoint, visit->request, visit->variables, rules_.json);
  if (!request) return parts_.dispatcher.SendProblem(*visit, request.error());
  if (visit->endpoint->streaming) return parts_.streams.Open(visit, MakeCall(*visit, *std::move(request)));
  Call(visit, *request);
}

UpstreamCall Door::MakeCall(const Visit& visit, std::string request) const {
  return {.service = visit.endpoint->service,
          .method = visit.endpoint->rpc->full_name(),
          .request = std::move(request),
          .deadline = visit.began + rules_.call_deadline,
          .traceparent = visit.trace.Header(),
          .assertion = visit.session ? visit.session->assertion : std::string()};
}

void Door::Call(const VisitPtr& visit, const std::string& request) {
  if (!calls_->Enter(rules_.calls_max)) {
    return parts_.dispatcher.SendProblem(*visit,
                                         Error(kOverloaded, "too many requests wait for their answer"));
  }
  parts_.upstream.Call(MakeCall(*visit, request),
                       [this, visit, request, calls = calls_](Result<std::string> answer) {
                         OnAnswer(visit, request, std::move(answer));
                         calls->Leave();
                       });
}

void Door::OnAnswer(const VisitPtr& visit, const std::string& request, Result<std::string> answer) {
  if (answer) return Answer(visit, *answer);
  const Error& error = answer.error();
  const bool stale = error.Is(rpc::kAssertionExpired) || error.Is(rpc::kAssertionInvalid);
  if (!stale || !visit->session_from_cache) return parts_.dispatcher.SendProblem(*visit, error);
  // A kept assertion ended on its way. The service has not begun, so the call is made again with a new one,
  // once.
  parts_.cache.DropSession(visit->session->session_id);
  visit->session_from_cache = false;
  AskIdentity(visit, [this, visit, request](Result<Session> session) {
    if (!session) return parts_.dispatcher.SendProblem(*visit, session.error());
    visit->session = *std::move(session);
    Call(visit, request);
  });
}

void Door::Answer(const VisitPtr& visit, const std::string& bytes) {
  Result<http::Response> response = MakeAnswer(parts_.contract, *visit->endpoint, bytes);
  if (!response) return parts_.dispatcher.SendProblem(*visit, response.error());
  if (visit->endpoint->session != common::v1::SESSION_EFFECT_UNSPECIFIED &&
      visit->request.Header("X-Session") == "cookie") {
    const bool start = visit->endpoint->session == common::v1::SESSION_EFFECT_START;
    const Result<std::string> token = start ? TakeSessionToken(*response) : std::string();
    if (!token) return parts_.dispatcher.SendProblem(*visit, token.error());
    response->headers.Add("Set-Cookie", fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Strict{}",
                                                    kSessionCookie, *token, start ? "" : "; Max-Age=0"));
  }
  parts_.dispatcher.Send(*visit, *std::move(response));
}

}  // namespace bordergate::gateway
