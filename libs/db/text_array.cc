#include "libs/db/text_array.h"

#include "libs/core/check.h"

namespace bordergate::db {
namespace {

// Reads one item from `at` and leaves `at` behind it.
std::string ReadItem(std::string_view literal, size_t& at) {
  std::string item;
  if (literal[at] != '"') {
    const size_t end = literal.find_first_of(",}", at);
    item = literal.substr(at, end - at);
    at = end;
    return item;
  }
  for (++at; literal[at] != '"'; ++at) {
    if (literal[at] == '\\') ++at;
    item += literal[at];
  }
  ++at;
  return item;
}

}  // namespace

std::string ToArray(const std::vector<std::string>& items) {
  std::string literal = "{";
  for (const std::string& item : items) {
    if (literal.size() > 1) literal += ',';
    literal += '"';
    for (const char c : item) {
      if (c == '"' || c == '\\') literal += '\\';
      literal += c;
    }
    literal += '"';
  }
  return literal + '}';
}

std::vector<std::string> FromArray(std::string_view literal) {
  BG_CHECK(literal.size() >= 2 && literal.front() == '{' && literal.back() == '}', "the column is a text[]");
  std::vector<std::string> items;
  size_t at = 1;
  while (literal[at] != '}') {
    items.push_back(ReadItem(literal, at));
    if (literal[at] == ',') ++at;
  }
  return items;
}

}  // namespace bordergate::db
