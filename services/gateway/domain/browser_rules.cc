#include "services/gateway/domain/browser_rules.h"

#include <fmt/format.h>

#include "libs/core/text.h"
#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {

Result<void> CheckSameOrigin(const BrowserHeaders& headers, bool secure,
                             const std::vector<std::string>& public_origins) {
  if (headers.x_session != "cookie") {
    return Error(kCrossSiteRefused,
                 "a change with the session cookie needs the header \"X-Session: cookie\"");
  }
  if (!headers.sec_fetch_site.empty() && headers.sec_fetch_site != "same-origin") {
    return Error(kCrossSiteRefused, "the request comes from a page of another site");
  }
  if (headers.origin.empty()) return {};
  const std::string own = LowerAscii(fmt::format("{}://{}", secure ? "https" : "http", headers.host));
  const bool known =
      std::find(public_origins.begin(), public_origins.end(), headers.origin) != public_origins.end();
  if (LowerAscii(headers.origin) == own || known) return {};
  return Error(kCrossSiteRefused, "the request comes from a page of another origin");
}

std::string ClientAddress(const std::string& socket_address, std::string_view x_forwarded_for,
                          const std::vector<std::string>& trusted_proxies) {
  const bool trusted =
      std::find(trusted_proxies.begin(), trusted_proxies.end(), socket_address) != trusted_proxies.end();
  if (!trusted) return socket_address;
  const std::string_view last = Trim(Split(x_forwarded_for, ',').back());
  return last.empty() || last.size() > 64 ? socket_address : std::string(last);
}

std::string_view CookieValue(std::string_view cookie_header, std::string_view name) {
  for (std::string_view pair : Split(cookie_header, ';')) {
    pair = Trim(pair);
    const size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
  }
  return {};
}

}  // namespace bordergate::gateway
