#include "services/identity/domain/tries.h"

#include <algorithm>

#include "libs/core/digest.h"

namespace bordergate::identity {

std::string PersonTryDigest(std::string_view sign_in_name) {
  return Sha256("person " + std::string(sign_in_name));
}

std::string ApiClientTryDigest(std::string_view api_client_id) {
  return Sha256("api client " + std::string(api_client_id));
}

std::optional<Instant> RetryTime(const std::vector<Instant>& tries, Instant now) {
  const auto recent = std::upper_bound(tries.begin(), tries.end(), now - kTryWindow);
  if (tries.end() - recent < kFailedTriesMax) return std::nullopt;
  return *(tries.end() - kFailedTriesMax) + kTryWindow;
}

}  // namespace bordergate::identity
