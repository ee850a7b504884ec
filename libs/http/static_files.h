// The files of a folder as answers: read into memory once, found by name only, so that no request can reach
// anything else.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "libs/core/result.h"
#include "libs/http/message.h"

namespace bordergate::http {

class StaticFiles {
 public:
  struct Options {
    // Files below this path carry a digest in their name and never change: they may be kept for a year. All
    // others are asked for again each time and answered 304 when they are the same.
    std::string immutable_prefix = "/assets/";
    size_t total_bytes_max = 256 * 1024 * 1024;
    // When not empty: only these files ("/app.js"), of a folder that holds more than is needed.
    std::set<std::string> only = {};
  };

  // Reads the regular files of a folder and its subfolders; links are left out. "NAME.gz" beside "NAME" is
  // the same file compressed. Reason: FOLDER_UNREADABLE.
  static Result<StaticFiles> Load(const std::string& folder, Options options);
  static Result<StaticFiles> Load(const std::string& folder) { return Load(folder, Options()); }

  // The answer to a GET or HEAD of `path` ("/assets/app-1f2e.js"; "/" is "/index.html"), 200 or 304; nothing
  // when there is no such file. Reads If-None-Match and Accept-Encoding. Safe for use by several threads.
  std::optional<Response> Find(std::string_view path, const Request& request) const;

  size_t file_count() const { return files_.size(); }

 private:
  struct File {
    std::string content_type;
    std::string etag;
    std::shared_ptr<const std::string> bytes;
    std::shared_ptr<const std::string> gzip_bytes;  // null when there is no compressed sibling
    bool immutable = false;
  };
  std::map<std::string, File, std::less<>> files_;  // by decoded path
};

// For example "text/html; charset=utf-8" for "index.html".
std::string_view ContentTypeOf(std::string_view file_name);

}  // namespace bordergate::http
