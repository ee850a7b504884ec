// Secrets handed out once and kept only as digests.
//
// A token is its kind and 32 random bytes, "bg_session_" and 43 characters of base64url. 256 bits cannot be
// guessed, so a plain SHA-256 keeps it; passwords, which can, are hashed by a PasswordHasher.
#pragma once

#include <string>
#include <string_view>

namespace bordergate::identity {

inline constexpr std::string_view kSessionPrefix = "bg_session_";
inline constexpr std::string_view kTokenPrefix = "bg_token_";
inline constexpr std::string_view kDevicePrefix = "bg_device_";
inline constexpr std::string_view kClientSecretPrefix = "bg_secret_";

struct Secret {
  std::string text;    // for its holder, never kept
  std::string digest;  // SHA-256, 32 bytes, to keep
};

Secret NewSecret(std::string_view prefix);

// The digest under which a secret is kept.
std::string DigestOf(std::string_view secret);

// Whether a text has the form of a token that identity issues; anything else needs no look in the database.
bool LooksLikeToken(std::string_view text);

// For a person to type once: four groups of five letters and digits that are not mistaken for one another;
// 100 bits.
std::string NewOneTimePassword();

}  // namespace bordergate::identity
