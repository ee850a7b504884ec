// What is not the API: the console's files, the OpenAPI document, the reference and the list of reasons. All
// of it is made at start and served from memory.
//
//   /openapi.json     the document
//   /docs             the reference (swagger-ui from npm, served from here)
//   /docs/errors      every reason, with what it means and what to do
//   /…                the console: its file, or its first page, which finds the way itself
#pragma once

#include <optional>
#include <string>

#include "libs/http/message.h"
#include "libs/http/static_files.h"
#include "services/gateway/api/contract.h"

namespace bordergate::gateway {

struct PagesFolders {
  std::string console;    // empty: there is no console here
  std::string reference;  // a folder with swagger-ui-dist; empty: /docs says where the document is
};

// Safe for use by several threads.
class Pages {
 public:
  //   errors   FOLDER_UNREADABLE
  static Result<Pages> Load(const Contract& contract, const PagesFolders& folders);

  // Errors: PATH_UNKNOWN, METHOD_NOT_ALLOWED.
  Result<http::Response> Find(const http::Request& request) const;

 private:
  Pages() = default;
  std::optional<http::Response> FindConsole(const http::Request& request) const;
  std::optional<http::Response> FindReference(const http::Request& request) const;

  std::optional<http::StaticFiles> console_;
  std::optional<http::StaticFiles> reference_;
  std::string openapi_;
  std::string openapi_etag_;
  std::string reasons_page_;
};

}  // namespace bordergate::gateway
