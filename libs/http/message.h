// Requests and responses as plain values; nothing here knows how they travel.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bordergate::http {

// ASCII letters only.
bool EqualsIgnoreCase(std::string_view a, std::string_view b);

// Header fields in their order. Names compare without regard to case.
class Headers {
 public:
  struct Field {
    std::string name;
    std::string value;
  };

  void Add(std::string_view name, std::string_view value) {
    fields_.push_back({std::string(name), std::string(value)});
  }
  // Replaces every field of that name.
  void Set(std::string_view name, std::string_view value);
  void Remove(std::string_view name);
  // The first field of that name.
  std::optional<std::string_view> Find(std::string_view name) const;
  int Count(std::string_view name) const;

  const std::vector<Field>& fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

struct Request {
  std::string method;                                      // "GET"
  std::string target;                                      // as sent: "/v1/trips/a%20b?page_size=10"
  std::string path;                                        // as sent, without the query: "/v1/trips/a%20b"
  std::vector<std::string> segments;                       // of the path, decoded: {"v1", "trips", "a b"}
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order, names may repeat
  Headers headers;
  std::string body;            // whole and within the limit
  std::string remote_address;  // "127.0.0.1"; what the socket says, never a header
  bool secure = false;         // came over TLS

  std::string_view Header(std::string_view name) const {
    return headers.Find(name).value_or(std::string_view());
  }
  std::optional<std::string_view> QueryValue(std::string_view name) const;
};

struct Response {
  int status = 200;
  Headers headers;  // Content-Length, Connection and Date are added by the server
  std::string body;
  std::shared_ptr<const std::string>
      shared_body;  // sent in place of `body` when set; for bytes that many answers share

  std::string_view bytes() const { return shared_body != nullptr ? std::string_view(*shared_body) : body; }
};

// A whole answer with a content type. "text/plain" and the like get "; charset=utf-8" from the caller.
Response MakeResponse(int status, std::string_view content_type, std::string body);

// Splits a request target by RFC 3986: path, decoded segments, decoded query ("+" is a space). False when it
// is no target of a server (origin form or absolute form), holds a bad escape, or decodes to text that is not
// UTF-8 or holds control characters.
bool SplitTarget(std::string_view target, Request& request);

// True when the fields named by an Accept-Encoding header allow gzip.
bool AcceptsGzip(std::string_view accept_encoding);

// "Sun, 22 Nov 2026 07:05:09 GMT"
std::string FormatHttpDate(int64_t unix_seconds);

}  // namespace bordergate::http
