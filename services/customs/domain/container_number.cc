#include "services/customs/domain/container_number.h"

#include "libs/core/text.h"

namespace bordergate::customs {
namespace {

// A is 10; multiples of 11 are skipped, so that every letter counts in the remainder.
int LetterValue(char letter) {
  const int place = letter - 'A';
  return 10 + place + (place + 9) / 10;
}

}  // namespace

std::string NormaliseContainerNumber(std::string_view text) {
  std::string out;
  for (const char c : UpperAscii(text)) {
    if (c != ' ' && c != '-') out += c;
  }
  return out;
}

bool IsContainerNumber(std::string_view text) {
  if (text.size() != 11) return false;
  int sum = 0;
  for (int i = 0; i < 10; ++i) {
    const char c = text[static_cast<size_t>(i)];
    const bool fits = i < 4 ? c >= 'A' && c <= 'Z' : c >= '0' && c <= '9';
    if (!fits) return false;
    sum += (i < 4 ? LetterValue(c) : c - '0') << i;
  }
  const bool kind = text[3] == 'U' || text[3] == 'J' || text[3] == 'Z';
  return kind && text[10] == static_cast<char>('0' + sum % 11 % 10);
}

}  // namespace bordergate::customs
