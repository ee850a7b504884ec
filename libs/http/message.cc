#include "libs/http/message.h"

#include <charconv>

#include <absl/time/time.h>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "libs/core/text.h"

namespace bordergate::http {
namespace {

bool IsPlainText(std::string_view text) {
  return CountCodePoints(text).has_value() && !HasControlCharacters(text);
}

std::optional<boost::urls::url_view> ParseTarget(std::string_view target) {
  if (target.starts_with('/')) {
    const auto parsed = boost::urls::parse_origin_form(target);
    if (parsed) return *parsed;
    return std::nullopt;
  }
  // A proxy's way to ask, which every server must understand (RFC 9112, 3.2.2).
  const auto parsed = boost::urls::parse_absolute_uri(target);
  if (parsed && parsed->has_authority()) return *parsed;
  return std::nullopt;
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

void Headers::Set(std::string_view name, std::string_view value) {
  Remove(name);
  Add(name, value);
}

void Headers::Remove(std::string_view name) {
  std::erase_if(fields_, [&](const Field& field) { return EqualsIgnoreCase(field.name, name); });
}

std::optional<std::string_view> Headers::Find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (EqualsIgnoreCase(field.name, name)) return field.value;
  }
  return std::nullopt;
}

int Headers::Count(std::string_view name) const {
  return static_cast<int>(std::count_if(fields_.begin(), fields_.end(), [&](const Field& field) {
    return EqualsIgnoreCase(field.name, name);
  }));
}

std::optional<std::string_view> Request::QueryValue(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

Response MakeResponse(int status, std::string_view content_type, std::string body) {
  Response response;
  response.status = status;
  response.headers.Add("Content-Type", content_type);
  response.body = std::move(body);
  return response;
}

bool SplitTarget(std::string_view target, Request& request) {
  const std::optional<boost::urls::url_view> url = ParseTarget(target);
  if (!url) return false;
  request.target = target;
  request.path = std::string(std::string_view(url->encoded_path().data(), url->encoded_path().size()));
  if (request.path.empty()) request.path = "/";
  request.segments.clear();
  for (const std::string& segment : url->segments()) {
    if (!IsPlainText(segment)) return false;
    request.segments.push_back(segment);
  }
  request.query.clear();
  boost::urls::encoding_opts query_options;
  query_options.space_as_plus = true;
  for (const auto& param : url->params(query_options)) {
    if (!IsPlainText(param.key) || !IsPlainText(param.value)) return false;
    request.query.emplace_back(param.key, param.value);
  }
  return true;
}

bool AcceptsGzip(std::string_view accept_encoding) {
  for (std::string_view item : Split(accept_encoding, ',')) {
    const std::vector<std::string_view> parts = Split(item, ';');
    const std::string coding = LowerAscii(Trim(parts[0]));
    if (coding != "gzip" && coding != "*") continue;
    double weight = 1;
    for (size_t i = 1; i < parts.size(); ++i) {
      const std::string_view parameter = Trim(parts[i]);
      if (!parameter.starts_with("q=")) continue;
      const auto read = std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), weight);
      if (read.ec != std::errc()) return false;
    }
    return weight > 0;
  }
  return false;
}

std::string FormatHttpDate(int64_t unix_seconds) {
  return absl::FormatTime("%a, %d %b %E4Y %H:%M:%S GMT", absl::FromUnixSeconds(unix_seconds),
                          absl::UTCTimeZone());
}

}  // namespace bordergate::http
