// How often a wrong password may be tried.
//
// Counted by name (or API client), whoever tries: nobody else is held up. A try is written down before it is
// made and taken back when it succeeds, so tries made at the same time are counted too.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.h"
#include "libs/core/id.h"

namespace bordergate::identity {

inline constexpr int kFailedTriesMax = 10;
inline constexpr seconds kTryWindow{60};

// One try that has not succeeded.
struct Try {
  Id<Try> id;
  std::string name_digest;  // see PersonTryDigest
  Instant time;
};

// SHA-256 of what is tried; a name nobody has counts like any other, and what was typed by mistake (a
// password in the name's place) is not kept.
std::string PersonTryDigest(std::string_view sign_in_name);
std::string ApiClientTryDigest(std::string_view api_client_id);

// When the next try is allowed; nothing: now.
//   tries   earlier ones in the order of their times
std::optional<Instant> RetryTime(const std::vector<Instant>& tries, Instant now);

}  // namespace bordergate::identity
