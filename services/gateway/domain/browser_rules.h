// What keeps another site from acting with a visitor's session.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/core/result.h"

namespace bordergate::gateway {

// The header fields that tell where a request of a browser comes from; empty when not sent.
struct BrowserHeaders {
  std::string_view x_session;  // "cookie" from our pages; another site cannot send it without our consent
  std::string_view origin;     // "https://gate.example"
  std::string_view sec_fetch_site;  // "same-origin", "same-site", "cross-site", "none"
  std::string_view host;            // "gate.example"
};

// Whether a request that changes something may use the session cookie: it carries "X-Session: cookie", and
// whatever the browser says of its origin names us.
//   public_origins   further origins that are us, as seen through a proxy
//   errors           CROSS_SITE_REFUSED
Result<void> CheckSameOrigin(const BrowserHeaders& headers, bool secure,
                             const std::vector<std::string>& public_origins);

// The address to count requests by: the socket's, or behind a proxy we know the last one in X-Forwarded-For,
// which is the one that proxy itself saw.
std::string ClientAddress(const std::string& socket_address, std::string_view x_forwarded_for,
                          const std::vector<std::string>& trusted_proxies);

// The value of one cookie in a Cookie header; empty when absent.
std::string_view CookieValue(std::string_view cookie_header, std::string_view name);

}  // namespace bordergate::gateway
