#include "services/gateway/api/security_headers.h"

#include <fmt/format.h>

namespace bordergate::gateway {
namespace {

void AddMissing(http::Headers& headers, std::string_view name, std::string_view value) {
  if (!headers.Find(name)) headers.Add(name, value);
}

}  // namespace

void AddSecurityHeaders(http::Response& response, int64_t hsts_max_age_s) {
  http::Headers& headers = response.headers;
  AddMissing(headers, "Content-Security-Policy", kApiPolicy);
  AddMissing(headers, "X-Content-Type-Options", "nosniff");
  AddMissing(headers, "Referrer-Policy", "same-origin");
  AddMissing(headers, "Cross-Origin-Opener-Policy", "same-origin");
  AddMissing(headers, "Cross-Origin-Resource-Policy", "same-origin");
  AddMissing(headers, "Permissions-Policy", "camera=(self), geolocation=(), microphone=()");
  if (hsts_max_age_s > 0)
    AddMissing(headers, "Strict-Transport-Security", fmt::format("max-age={}", hsts_max_age_s));
}

}  // namespace bordergate::gateway
