// Digests and their spelling. All by libsodium.
#pragma once

#include <string>
#include <string_view>

#include "libs/core/result.h"

namespace bordergate {

// SHA-256, 32 bytes.
std::string Sha256(std::string_view bytes);

// Lower-case hexadecimal.
std::string Hex(std::string_view bytes);

// Base64 as in RFC 4648, with padding.
std::string Base64(std::string_view bytes);
// Reason: INVALID_FIELD.
Result<std::string> ParseBase64(std::string_view text);

// Base64url without padding, as used in tokens.
std::string Base64Url(std::string_view bytes);

// `count` bytes fit for secrets.
std::string RandomBytes(size_t count);

// Compares without telling by its time where the difference is.
bool EqualSecrets(std::string_view a, std::string_view b);

// Ed25519. `key` is the 32-byte seed, `public_key` 32 bytes, a signature 64 bytes.
std::string PublicKeyEd25519(std::string_view seed);
std::string SignEd25519(std::string_view seed, std::string_view message);
bool VerifyEd25519(std::string_view public_key, std::string_view message, std::string_view signature);

}  // namespace bordergate
