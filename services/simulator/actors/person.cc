#include "services/simulator/actors/person.h"

#include <utility>

#include "services/simulator/actors/json_access.h"

namespace bordergate::simulator {

Result<Json> Person::Get(const std::string& path) {
  return Call({.method = "GET", .path = path, .key = {}, .body = {}});
}

Result<Json> Person::Post(const std::string& path, const std::string& key, Json body) {
  return Call({.method = "POST", .path = path, .token = {}, .key = key, .body = std::move(body)});
}

Result<Json> Person::Call(DoorRequest request) {
  if (token_.empty()) {
    const Json session =
        BG_TRY(door_.Call({.method = "POST",
                           .path = "/v1/sign-in",
                           .token = {},
                           .key = {},
                           .body = {{"sign_in_name", sign_in_name_}, {"password", password_}}}));
    token_ = TextAt(session, "session_token");
  }
  request.token = token_;
  auto answer = door_.Call(request);
  if (!answer && answer.error().code() == Code::kUnauthenticated) token_.clear();
  return answer;
}

Result<std::set<std::string>> RolesOf(Person& person) {
  const Json me = BG_TRY(person.Get("/v1/me"));
  std::set<std::string> roles;
  for (const Json& role : ListAt(me, "roles")) {
    if (role.is_string()) roles.insert(role.get<std::string>());
  }
  return roles;
}

}  // namespace bordergate::simulator
