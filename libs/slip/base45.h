// Base45 (RFC 9285): bytes in the 45 characters that a QR code packs tightest. No library of Debian has it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bordergate {

std::string Base45(std::string_view bytes);

// Strict: every text is the Base45 of at most one string of bytes. Nothing: it is that of none.
std::optional<std::string> ParseBase45(std::string_view text);

}  // namespace bordergate
