#include "services/gateway/api/reasons_page.h"

#include <fmt/format.h>

#include "libs/core/text.h"

namespace bordergate::gateway {
namespace {

constexpr char kHead[] = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>bordergate: reasons</title>
<link rel="icon" href="data:,">
<style>
body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 80em; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid #999; padding: .5em; text-align: left; vertical-align: top; }
tr:target { background: #fff3c4; }
</style>
</head>
<body>
<h1>Reasons</h1>
<p>Every error names one of these as its <code>reason</code>. <a href="/docs">Back to the reference</a></p>
)";

std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '&') {
      escaped += "&amp;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

// The cells of a table's line; "\|" is a bar inside a cell.
std::vector<std::string> CellsOf(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (size_t at = 1; at < line.size(); ++at) {
    if (line[at] == '\\' && at + 1 < line.size() && line[at + 1] == '|') {
      cell += line[++at];
    } else if (line[at] == '|') {
      cells.emplace_back(Trim(cell));
      cell.clear();
    } else {
      cell += line[at];
    }
  }
  return cells;
}

// Between the backticks of a cell.
std::string CodeOf(const std::string& cell) {
  const size_t begin = cell.find('`');
  const size_t end = cell.rfind('`');
  return begin == std::string::npos || end == begin ? cell : cell.substr(begin + 1, end - begin - 1);
}

std::vector<std::vector<std::string>> RowsOf(std::string_view document, size_t cell_count) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string_view line : Split(document, '\n')) {
    if (line.find('`') == std::string_view::npos || !line.starts_with("| ")) continue;
    std::vector<std::string> cells = CellsOf(line);
    if (cells.size() == cell_count) rows.push_back(std::move(cells));
  }
  return rows;
}

std::string Head(const std::vector<std::string>& titles) {
  std::string head = "<table>\n<thead><tr>";
  for (const std::string& title : titles) head += fmt::format("<th scope=\"col\">{}</th>", title);
  return head + "</tr></thead>\n<tbody>\n";
}

}  // namespace

std::vector<ReasonRow> ReadReasons(std::string_view document) {
  std::vector<ReasonRow> rows;
  for (const auto& cells : RowsOf(document, 5)) {
    rows.push_back({CodeOf(cells[0]), cells[1], cells[2], cells[3], cells[4]});
  }
  return rows;
}

std::string MakeReasonsPage(std::string_view document) {
  std::string page = kHead + Head({"Reason", "Of", "gRPC, HTTP", "What it means", "What to do"});
  for (const ReasonRow& row : ReadReasons(document)) {
    page += fmt::format(
        "<tr id=\"{0}\"><td><code>{0}</code></td><td>{1}</td><td>{2}</td><td>{3}</td><td>{4}</td></tr>\n",
        Escape(row.name), Escape(row.owner), Escape(row.status), Escape(row.meaning), Escape(row.remedy));
  }
  page += "</tbody>\n</table>\n<h2>Reasons of single fields</h2>\n";
  page += "<p>They stand in <code>errors</code>, each with a JSON pointer to the field.</p>\n";
  page += Head({"Reason", "Checked in", "The field …"});
  for (const auto& cells : RowsOf(document, 3)) {
    page += fmt::format("<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>\n", Escape(CodeOf(cells[0])),
                        Escape(cells[1]), Escape(cells[2]));
  }
  return page + "</tbody>\n</table>\n</body>\n</html>\n";
}

}  // namespace bordergate::gateway
