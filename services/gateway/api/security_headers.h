// What every answer tells browsers, whatever it holds.
#pragma once

#include <string_view>

#include "libs/http/message.h"

namespace bordergate::gateway {

// For the console's pages and the reference: nothing from elsewhere, no inline script, in no frame. Inline
// styles are allowed: the console's component library makes them.
inline constexpr std::string_view kPagePolicy =
    "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; style-src 'self' "
    "'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

// For everything else: nothing an API answers may run, load or be framed.
inline constexpr std::string_view kApiPolicy = "default-src 'none'; frame-ancestors 'none'";

// Adds what is not there yet; kApiPolicy when no policy is.
//   hsts_max_age_s   0: the header is left out (no TLS here)
void AddSecurityHeaders(http::Response& response, int64_t hsts_max_age_s);

}  // namespace bordergate::gateway
