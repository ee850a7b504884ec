#include "libs/core/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "libs/core/check.h"

namespace bordergate {
namespace {

// Calls visit(code_point) for each; false when the text is not valid UTF-8.
template <class Visit>
bool ForEachCodePoint(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  int32_t at = 0;
  while (at < length) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, length, c);
    if (c < 0) return false;
    visit(static_cast<char32_t>(c));
  }
  return true;
}

}  // namespace

std::optional<int> CountCodePoints(std::string_view text) {
  int count = 0;
  if (!ForEachCodePoint(text, [&](char32_t) { ++count; })) return std::nullopt;
  return count;
}

std::optional<std::u32string> DecodeUtf8(std::string_view text) {
  std::u32string code_points;
  if (!ForEachCodePoint(text, [&](char32_t c) { code_points += c; })) return std::nullopt;
  return code_points;
}

std::string EncodeUtf8(std::u32string_view code_points) {
  std::string text;
  for (const char32_t c : code_points) {
    uint8_t bytes[U8_MAX_LENGTH];
    int32_t length = 0;
    UBool bad = false;
    U8_APPEND(bytes, length, U8_MAX_LENGTH, static_cast<UChar32>(c), bad);
    BG_CHECK(!bad, "a code point that UTF-8 cannot hold");
    text.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(length));
  }
  return text;
}

bool HasControlCharacters(std::string_view text) {
  bool found = false;
  ForEachCodePoint(text, [&](char32_t c) { found = found || c < 0x20 || (c >= 0x7f && c <= 0x9f); });
  return found;
}

std::string NormaliseNfc(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }) ||
      !CountCodePoints(text)) {
    return std::string(text);
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  BG_CHECK(U_SUCCESS(status), "ICU comes with its NFC data");
  const icu::UnicodeString normalised =
      nfc->normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}), status);
  BG_CHECK(U_SUCCESS(status), "valid UTF-8 can be normalised");
  std::string out;
  normalised.toUTF8String(out);
  return out;
}

std::string FoldText(std::string_view text) {
  if (!CountCodePoints(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  BG_CHECK(U_SUCCESS(status), "ICU comes with its normalisation data");
  const auto source = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  const icu::UnicodeString parts = decompose->normalize(fold->normalize(source, status), status);
  BG_CHECK(U_SUCCESS(status), "valid UTF-8 can be normalised");
  icu::UnicodeString bare;
  for (int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
    const UChar32 c = parts.char32At(at);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    bare.append(c == U'đ' ? UChar32{U'd'} : c);
  }
  std::string out;
  bare.toUTF8String(out);
  return out;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

std::string UpperAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::string LowerAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t from = 0;
  for (size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator, from)) {
    parts.push_back(text.substr(from, at - from));
    from = at + 1;
  }
  parts.push_back(text.substr(from));
  return parts;
}

}  // namespace bordergate
