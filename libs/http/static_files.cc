#include "libs/http/static_files.h"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "libs/core/digest.h"
#include "libs/core/text.h"
#include "libs/http/reasons.h"

namespace bordergate::http {

namespace fs = std::filesystem;

namespace {

struct MediaType {
  std::string_view extension;
  std::string_view content_type;
};

constexpr MediaType kMediaTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".gif", "image/gif"},
    {".ico", "image/vnd.microsoft.icon"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".ttf", "font/ttf"},
    {".txt", "text/plain; charset=utf-8"},
    {".md", "text/markdown; charset=utf-8"},
    {".xml", "application/xml"},
    {".pdf", "application/pdf"},
    {".wasm", "application/wasm"},
};

bool Matches(std::string_view if_none_match, std::string_view etag) {
  for (std::string_view one : Split(if_none_match, ',')) {
    one = Trim(one);
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == "*" || one == etag) return true;
  }
  return false;
}

Error Unreadable(const std::string& name, std::string_view why) {
  return Error(kFolderUnreadable, fmt::format("{}: {}", name, why));
}

Result<std::map<std::string, std::string>> ReadAll(const std::string& folder,
                                                   const StaticFiles::Options& options) {
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  if (error) return Unreadable(folder, error.message());
  std::map<std::string, std::string> contents;
  size_t total_bytes = 0;
  for (; entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (error) return Unreadable(folder, error.message());
    if (!fs::is_regular_file(entry->symlink_status())) continue;
    const std::string name = entry->path().string();
    const std::string url_path = "/" + fs::relative(entry->path(), folder, error).generic_string();
    if (!options.only.empty() && !options.only.contains(url_path)) continue;
    total_bytes += fs::file_size(entry->path(), error);
    if (error) return Unreadable(name, error.message());
    if (total_bytes > options.total_bytes_max) {
      return Unreadable(folder, fmt::format("holds more than {} bytes", options.total_bytes_max));
    }
    std::ifstream file(entry->path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) return Unreadable(name, "cannot be read");
    contents.emplace(url_path, std::move(bytes));
  }
  return contents;
}

}  // namespace

std::string_view ContentTypeOf(std::string_view file_name) {
  const size_t dot = file_name.rfind('.');
  if (dot != std::string_view::npos) {
    const std::string extension = LowerAscii(file_name.substr(dot));
    for (const MediaType& type : kMediaTypes) {
      if (type.extension == extension) return type.content_type;
    }
  }
  return "application/octet-stream";
}

Result<StaticFiles> StaticFiles::Load(const std::string& folder, Options options) {
  std::map<std::string, std::string> contents = BG_TRY(ReadAll(folder, options));
  StaticFiles files;
  for (auto& [name, bytes] : contents) {
    const bool compressed = name.ends_with(".gz") && contents.contains(name.substr(0, name.size() - 3));
    if (compressed) continue;
    File file;
    file.content_type = ContentTypeOf(name);
    file.etag = fmt::format("\"{}\"", Hex(Sha256(bytes)).substr(0, 24));
    file.immutable = name.starts_with(options.immutable_prefix);
    if (const auto gzip = contents.find(name + ".gz"); gzip != contents.end()) {
      file.gzip_bytes = std::make_shared<const std::string>(gzip->second);
    }
    file.bytes = std::make_shared<const std::string>(bytes);
    files.files_.emplace(name, std::move(file));
  }
  return files;
}

std::optional<Response> StaticFiles::Find(std::string_view path, const Request& request) const {
  const auto found = files_.find(path == "/" ? std::string_view("/index.html") : path);
  if (found == files_.end()) return std::nullopt;
  const File& file = found->second;
  Response response;
  response.headers.Add("Content-Type", file.content_type);
  response.headers.Add("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file.gzip_bytes != nullptr) response.headers.Add("Vary", "Accept-Encoding");
  const bool gzip = file.gzip_bytes != nullptr && AcceptsGzip(request.Header("Accept-Encoding"));
  // The two forms are different bytes and so have different tags.
  const std::string etag = gzip ? file.etag.substr(0, file.etag.size() - 1) + "-gz\"" : file.etag;
  response.headers.Add("ETag", etag);
  if (Matches(request.Header("If-None-Match"), etag)) {
    response.status = 304;
    return response;
  }
  if (gzip) response.headers.Add("Content-Encoding", "gzip");
  response.shared_body = gzip ? file.gzip_bytes : file.bytes;
  return response;
}

}  // namespace bordergate::http
