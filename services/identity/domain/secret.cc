#include "services/identity/domain/secret.h"

#include "libs/core/digest.h"

namespace bordergate::identity {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr size_t kSecretCharacters = 43;  // of 32 bytes in base64url

}  // namespace

Secret NewSecret(std::string_view prefix) {
  std::string text = std::string(prefix) + Base64Url(RandomBytes(kSecretBytes));
  std::string digest = DigestOf(text);
  return {.text = std::move(text), .digest = std::move(digest)};
}

std::string DigestOf(std::string_view secret) { return Sha256(secret); }

bool LooksLikeToken(std::string_view text) {
  for (const std::string_view prefix : {kSessionPrefix, kTokenPrefix, kDevicePrefix}) {
    if (text.starts_with(prefix) && text.size() == prefix.size() + kSecretCharacters) return true;
  }
  return false;
}

std::string NewOneTimePassword() {
  static constexpr char kCharacters[] = "abcdefghjkmnpqrstuvwxyz023456789";
  static_assert(sizeof kCharacters == 33, "five bits a character");
  std::string password;
  for (const char byte : RandomBytes(20)) {
    if (password.size() % 6 == 5) password += '-';
    password += kCharacters[static_cast<unsigned char>(byte) & 31U];
  }
  return password;
}

}  // namespace bordergate::identity
