#include "services/gateway/api/pages.h"

#include <fmt/format.h>

#include "libs/core/digest.h"
#include "libs/core/text.h"
#include "services/gateway/api/embedded_files.h"
#include "services/gateway/api/openapi.h"
#include "services/gateway/api/reasons_page.h"
#include "services/gateway/api/security_headers.h"
#include "services/gateway/domain/reasons.h"

namespace bordergate::gateway {
namespace {

constexpr char kHtml[] = "text/html; charset=utf-8";
constexpr char kAssets[] = "/docs/assets";
constexpr char kSetup[] = "/docs/setup.js";

constexpr char kReferencePage[] = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>bordergate: reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<p style="margin: 1em 20px; font-family: sans-serif"><a href="/docs/errors">Every reason an answer may give</a> ·
<a href="/openapi.json">openapi.json</a></p>
<div id="reference"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/setup.js"></script>
</body>
</html>
)";

// No validator: the page asks nobody but this gateway.
constexpr char kSetupScript[] = R"(window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'none',
  validatorUrl: null,
  requestInterceptor: (request) => {
    request.headers['X-Session'] = 'cookie';
    return request;
  },
});
)";

http::Response Page(std::string_view content_type, std::string body) {
  http::Response response = http::MakeResponse(200, content_type, std::move(body));
  response.headers.Add("Cache-Control", "no-cache");
  response.headers.Add("Content-Security-Policy", kPagePolicy);
  return response;
}

bool LooksLikeAFile(std::string_view path) {
  return path.substr(path.rfind('/')).find('.') != std::string_view::npos;
}

}  // namespace

Result<Pages> Pages::Load(const Contract& contract, const PagesFolders& folders) {
  Pages pages;
  if (!folders.console.empty()) pages.console_ = BG_TRY(http::StaticFiles::Load(folders.console));
  if (!folders.reference.empty()) {
    pages.reference_ = BG_TRY(http::StaticFiles::Load(
        folders.reference,
        {.immutable_prefix = "/never/", .only = {"/swagger-ui.css", "/swagger-ui-bundle.js"}}));
  }
  pages.openapi_ = MakeOpenApi(contract);
  pages.openapi_etag_ = fmt::format("\"{}\"", Hex(Sha256(pages.openapi_)).substr(0, 24));
  pages.reasons_page_ = MakeReasonsPage(EmbeddedErrors());
  return pages;
}

std::optional<http::Response> Pages::FindConsole(const http::Request& request) const {
  if (!console_) return std::nullopt;
  std::string path;
  for (const std::string& segment : request.segments) path += "/" + segment;
  std::optional<http::Response> response = console_->Find(path.empty() ? "/" : path, request);
  // A path of the console's own, such as /trips/trip_1: the first page finds the way.
  if (!response && !LooksLikeAFile("/" + path)) response = console_->Find("/", request);
  if (response) response->headers.Add("Content-Security-Policy", kPagePolicy);
  return response;
}

std::optional<http::Response> Pages::FindReference(const http::Request& request) const {
  if (request.path == "/docs/errors") return Page(kHtml, reasons_page_);
  if (!reference_) return std::nullopt;
  if (request.path == "/docs") return Page(kHtml, kReferencePage);
  if (request.path == kSetup) return Page("text/javascript; charset=utf-8", kSetupScript);
  if (!request.path.starts_with(kAssets)) return std::nullopt;
  std::optional<http::Response> response = reference_->Find(request.path.substr(sizeof kAssets - 1), request);
  if (response) response->headers.Add("Content-Security-Policy", kPagePolicy);
  return response;
}

Result<http::Response> Pages::Find(const http::Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    return Error(kMethodNotAllowed, "pages are only read").With("allow", "GET, HEAD");
  }
  if (request.path == "/openapi.json") {
    http::Response response = Page("application/json", openapi_);
    response.headers.Add("ETag", openapi_etag_);
    if (request.Header("If-None-Match") != openapi_etag_) return response;
    response.status = 304;
    response.body.clear();
    return response;
  }
  if (request.path == "/docs" || request.path.starts_with("/docs/")) {
    if (std::optional<http::Response> response = FindReference(request)) return *std::move(response);
    return Error(kPathUnknown, "the reference page is not installed here; the document is at /openapi.json");
  }
  if (std::optional<http::Response> response = FindConsole(request)) return *std::move(response);
  return Error(kPathUnknown, console_ ? "there is no such file" : "the console is not installed here");
}

}  // namespace bordergate::gateway
