#include "libs/container/container_number.h"

#include <algorithm>

#include "libs/core/check.h"
#include "libs/core/text.h"

namespace bordergate {
namespace {

constexpr size_t kLetters = 4;
constexpr size_t kBeforeCheckDigit = 10;

bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool HasForm(std::string_view first_ten) {
  return first_ten.size() == kBeforeCheckDigit &&
         std::ranges::all_of(first_ten.substr(0, kLetters), IsLetter) &&
         std::ranges::all_of(first_ten.substr(kLetters), IsDigit);
}

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

char ContainerCheckDigit(std::string_view first_ten) {
  BG_CHECK(HasForm(first_ten), "only the first ten characters of a number have a check digit");
  int sum = 0;
  int weight = 1;
  for (const char c : first_ten) {
    sum += (IsLetter(c) ? LetterValue(c) : c - '0') * weight;
    weight *= 2;
  }
  return static_cast<char>('0' + sum % 11 % 10);
}

bool IsContainerNumber(std::string_view text) {
  if (text.size() != kBeforeCheckDigit + 1 || !HasForm(text.substr(0, kBeforeCheckDigit))) return false;
  const char kind = text[kLetters - 1];
  return (kind == 'U' || kind == 'J' || kind == 'Z') &&
         text.back() == ContainerCheckDigit(text.substr(0, kBeforeCheckDigit));
}

}  // namespace bordergate
