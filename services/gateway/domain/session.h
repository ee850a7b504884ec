// Who holds a token.
#pragma once

#include <string>

#include "libs/core/clock.h"

namespace bordergate::gateway {

// What identity says of a token.
struct Session {
  std::string assertion;  // serialized SignedAssertion, passed on to the services
  std::string session_id;
  std::string subject_id;
  Instant expire_time;  // of the assertion

  bool operator==(const Session&) const = default;
};

}  // namespace bordergate::gateway
