// docs/errors.md as a web page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordergate::gateway {

// One row of the document's first table.
struct ReasonRow {
  std::string name;
  std::string owner;   // service, or "every service"
  std::string status;  // "NOT_FOUND, 404"
  std::string meaning;
  std::string remedy;
};

// The rows of the first table, in their order.
std::vector<ReasonRow> ReadReasons(std::string_view document);

// A page with a row for each reason, to be found as #REASON, and a list of the reasons of single fields.
std::string MakeReasonsPage(std::string_view document);

}  // namespace bordergate::gateway
