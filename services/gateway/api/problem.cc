#include "services/gateway/api/problem.h"

#include <fmt/format.h>

#include "libs/core/reasons.h"
#include "libs/core/text.h"
#include "services/gateway/api/json_reader.h"
#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

struct StatusOfReason {
  Reason reason;
  int status;
};

constexpr StatusOfReason kByReason[] = {
    {kMethodNotAllowed, 405}, {kRequestTooSlow, 408}, {kBodyTooLarge, 413}, {kContentTypeUnsupported, 415},
    {kRequestIdReused, 422},  {kHeaderTooLarge, 431}, {kOverloaded, 503},
};

int StatusOfCode(Code code) {
  switch (code) {
    case Code::kInvalidArgument:
      return 400;
    case Code::kUnauthenticated:
      return 401;
    case Code::kPermissionDenied:
      return 403;
    case Code::kNotFound:
      return 404;
    case Code::kAlreadyExists:
    case Code::kAborted:
    case Code::kFailedPrecondition:
      return 409;
    case Code::kResourceExhausted:
      return 429;
    case Code::kCancelled:
      return 499;
    case Code::kUnimplemented:
      return 501;
    case Code::kUnavailable:
      return 503;
    case Code::kUnknown:
    case Code::kDeadlineExceeded:
      return 504;
    case Code::kInternal:
      return 500;
  }
  return 500;
}

// TRIP_NOT_FOUND -> "Trip not found"
std::string TitleOf(std::string_view reason) {
  std::string title = LowerAscii(reason);
  std::replace(title.begin(), title.end(), '_', ' ');
  if (!title.empty()) title[0] = UpperAscii(title.substr(0, 1))[0];
  return title;
}

void AppendEscaped(std::string& pointer, std::string_view key) {
  for (const char c : key) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

}  // namespace

int HttpStatusOf(const Error& error) {
  for (const StatusOfReason& entry : kByReason) {
    if (error.Is(entry.reason)) return entry.status;
  }
  return StatusOfCode(error.code());
}

std::optional<int> RetryAfterOf(const Error& error) {
  const auto told = error.metadata().find("retry_after_s");
  if (told != error.metadata().end()) return std::max(1, std::atoi(told->second.c_str()));
  if (error.Is(kRequestIdReused)) return std::nullopt;
  switch (error.code()) {
    case Code::kUnavailable:
    case Code::kAborted:
    case Code::kUnknown:
    case Code::kResourceExhausted:
      return 1;
    case Code::kDeadlineExceeded:
      return error.Is(kRequestTooSlow) ? std::nullopt : std::optional<int>(1);
    default:
      return std::nullopt;
  }
}

std::string JsonPointer(std::string_view field_path) {
  std::string pointer;
  size_t at = 0;
  while (at < field_path.size()) {
    pointer += '/';
    if (field_path[at] == '[') {
      const bool quoted = field_path.substr(at).starts_with("[\"");
      const size_t end = quoted ? field_path.find("\"]", at + 2) : field_path.find(']', at);
      if (end == std::string_view::npos) {
        AppendEscaped(pointer, field_path.substr(at));
        return pointer;
      }
      const size_t begin = at + (quoted ? 2 : 1);
      AppendEscaped(pointer, field_path.substr(begin, end - begin));
      at = end + (quoted ? 2 : 1);
    } else {
      const size_t end = std::min(field_path.find_first_of(".[", at), field_path.size());
      AppendEscaped(pointer, field_path.substr(at, end - at));
      at = end;
    }
    if (at < field_path.size() && field_path[at] == '.') ++at;
  }
  return pointer;
}

std::string ProblemJson(const Error& error, std::string_view request_id) {
  Json problem;
  problem["type"] = fmt::format("/docs/errors#{}", error.reason());
  problem["title"] = TitleOf(error.reason());
  problem["status"] = HttpStatusOf(error);
  problem["detail"] = error.message();
  problem["reason"] = error.reason();
  problem["request_id"] = request_id;
  problem["errors"] = Json::array();
  for (const FieldViolation& field : error.fields()) {
    Json entry;
    entry["pointer"] = JsonPointer(field.field);
    entry["reason"] = field.reason;
    entry["detail"] = field.message;
    problem["errors"].push_back(std::move(entry));
  }
  problem["params"] = Json::object();
  for (const auto& [key, value] : error.metadata()) problem["params"][key] = value;
  return problem.dump(-1, ' ', false, Json::error_handler_t::replace);
}

http::Response MakeProblem(const Error& error, std::string_view request_id) {
  http::Response response =
      http::MakeResponse(HttpStatusOf(error), "application/problem+json", ProblemJson(error, request_id));
  if (const auto retry_after = RetryAfterOf(error))
    response.headers.Set("Retry-After", std::to_string(*retry_after));
  const auto allow = error.metadata().find("allow");
  if (response.status == 405 && allow != error.metadata().end()) response.headers.Set("Allow", allow->second);
  if (response.status == 401) response.headers.Set("WWW-Authenticate", "Bearer");
  return response;
}

Error FaultError(int http_status, std::string_view why) {
  const std::string message(why);
  switch (http_status) {
    case 408:
      return Error(kRequestTooSlow, message);
    case 413:
      return Error(kBodyTooLarge, message);
    case 431:
      return Error(kHeaderTooLarge, message);
    case 503:
      return Error(kConnectionsExceeded, message);
    default:
      return Error(kRequestMalformed, message);
  }
}

}  // namespace bordergate::gateway
