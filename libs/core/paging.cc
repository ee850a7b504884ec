#include "libs/core/paging.h"

#include <charconv>

#include "libs/core/digest.h"

namespace bordergate {
namespace {

constexpr int kSizeWhenUnset = 50;
constexpr size_t kTokenBytesMax = 400;

}  // namespace

Page ReadPage(FieldChecks& checks, int page_size, std::string_view page_token, int size_max) {
  Page page;
  checks.Number("page_size", page_size, 0, size_max);
  page.size = page_size == 0 ? kSizeWhenUnset : page_size;
  const Result<std::string> key = ParseBase64(page_token);
  checks.Require(key.has_value() && page_token.size() <= kTokenBytesMax, "page_token", "PAGE_TOKEN_INVALID",
                 "must be the next_page_token of an earlier answer, or empty");
  if (key) page.after = *key;
  return page;
}

NumberPage ReadNumberPage(FieldChecks& checks, int page_size, std::string_view page_token, int size_max) {
  const Page page = ReadPage(checks, page_size, page_token, size_max);
  NumberPage result{.size = page.size};
  const char* end = page.after.data() + page.after.size();
  const auto read = std::from_chars(page.after.data(), end, result.after);
  const bool fits = page.after.empty() || (read.ec == std::errc() && read.ptr == end && result.after > 0);
  checks.Require(fits, "page_token", "PAGE_TOKEN_INVALID",
                 "must be the next_page_token of an earlier answer, or empty");
  return result;
}

std::string PageToken(std::string_view last_key) { return Base64(last_key); }

}  // namespace bordergate
