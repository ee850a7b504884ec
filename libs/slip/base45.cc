#include "libs/slip/base45.h"

namespace bordergate {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

}  // namespace

std::string Base45(std::string_view bytes) {
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 2) {
    const bool pair = i + 1 < bytes.size();
    unsigned value = static_cast<unsigned char>(bytes[i]);
    if (pair) value = value * 256 + static_cast<unsigned char>(bytes[i + 1]);
    for (int digit = 0; digit < (pair ? 3 : 2); ++digit, value /= 45) text += kDigits[value % 45];
  }
  return text;
}

std::optional<std::string> ParseBase45(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 3) {
    const std::string_view digits = text.substr(i, 3);
    if (digits.size() == 1) return std::nullopt;
    unsigned value = 0;
    for (size_t k = digits.size(); k-- > 0;) {
      const size_t digit = kDigits.find(digits[k]);
      if (digit == std::string_view::npos) return std::nullopt;
      value = value * 45 + static_cast<unsigned>(digit);
    }
    if (value > (digits.size() == 3 ? 0xFFFFU : 0xFFU)) return std::nullopt;
    if (digits.size() == 3) bytes += static_cast<char>(value / 256);
    bytes += static_cast<char>(value % 256);
  }
  return bytes;
}

}  // namespace bordergate
