// Ed25519 keys as PEM files, as `openssl genpkey -algorithm ed25519` writes them.
#pragma once

#include <filesystem>
#include <string>

#include "libs/core/result.h"

namespace bordergate {

// The file is missing or holds no Ed25519 key.
// Caller: make the key again, or correct the path in the configuration.
inline constexpr Reason kKeyFileInvalid{"KEY_FILE_INVALID", Code::kFailedPrecondition};

// 32 raw bytes each, as libs/core/digest.h takes them.
//   errors   KEY_FILE_INVALID
Result<std::string> ReadEd25519PublicKey(const std::filesystem::path& pem_file);
Result<std::string> ReadEd25519Seed(const std::filesystem::path& pem_file);

}  // namespace bordergate
