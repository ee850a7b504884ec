#include "libs/core/digest.h"

#include <sodium.h>

#include "libs/core/check.h"
#include "libs/core/reasons.h"

namespace bordergate {
namespace {

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void Initialise() {
  static const bool ready = sodium_init() >= 0;
  BG_CHECK(ready, "libsodium initialises once");
}

std::string Encode(std::string_view bytes, int variant) {
  std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), Bytes(bytes), bytes.size(), variant);
  out.pop_back();  // the terminating zero
  return out;
}

}  // namespace

std::string Sha256(std::string_view bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(Bytes(digest), Bytes(bytes), bytes.size());
  return digest;
}

std::string Hex(std::string_view bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), Bytes(bytes), bytes.size());
  out.pop_back();
  return out;
}

std::string Base64(std::string_view bytes) { return Encode(bytes, sodium_base64_VARIANT_ORIGINAL); }

Result<std::string> ParseBase64(std::string_view text) {
  std::string out(text.size(), '\0');
  size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(Bytes(out), out.size(), text.data(), text.size(), nullptr, &length, &end,
                        sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size()) {
    return Error(kInvalidField, "not base64 (RFC 4648, with padding)");
  }
  out.resize(length);
  return out;
}

std::string Base64Url(std::string_view bytes) {
  return Encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string RandomBytes(size_t count) {
  Initialise();
  std::string out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

bool EqualSecrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string PublicKeyEd25519(std::string_view seed) {
  BG_CHECK(seed.size() == crypto_sign_SEEDBYTES, "an Ed25519 seed has 32 bytes; check it where it is read");
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  unsigned char secret_key[crypto_sign_SECRETKEYBYTES];
  crypto_sign_seed_keypair(Bytes(public_key), secret_key, Bytes(seed));
  sodium_memzero(secret_key, sizeof secret_key);
  return public_key;
}

std::string SignEd25519(std::string_view seed, std::string_view message) {
  BG_CHECK(seed.size() == crypto_sign_SEEDBYTES, "an Ed25519 seed has 32 bytes; check it where it is read");
  unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
  unsigned char secret_key[crypto_sign_SECRETKEYBYTES];
  crypto_sign_seed_keypair(public_key, secret_key, Bytes(seed));
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(Bytes(signature), nullptr, Bytes(message), message.size(), secret_key);
  sodium_memzero(secret_key, sizeof secret_key);
  return signature;
}

bool VerifyEd25519(std::string_view public_key, std::string_view message, std::string_view signature) {
  return public_key.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(Bytes(signature), Bytes(message), message.size(), Bytes(public_key)) ==
             0;
}

}  // namespace bordergate
