#include "services/gateway/api/comment_text.h"

#include "libs/core/text.h"

namespace bordergate::gateway {
namespace {

bool IsIndented(std::string_view line) { return line.starts_with("   "); }

// "   errors   A, B" -> {"errors", "A, B"}; a line that only goes on has no name: its text begins further in.
bool SplitNamed(std::string_view line, std::string_view* name, std::string_view* text) {
  const std::string_view trimmed = Trim(line);
  const size_t end = trimmed.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
  const size_t indent = line.find_first_not_of(' ');
  if (indent > 4 || end == std::string_view::npos || end == 0 || !trimmed.substr(end).starts_with("  "))
    return false;
  *name = trimmed.substr(0, end);
  *text = Trim(trimmed.substr(end));
  return true;
}

std::string FirstSentence(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    const bool ends =
        text[at] == '.' && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n');
    if (ends) return std::string(text.substr(0, at));
  }
  return std::string(text);
}

}  // namespace

CommentText ReadComment(std::string_view comment) {
  std::string prose;
  std::string named;
  for (const std::string_view line : Split(comment, '\n')) {
    const std::string_view text = Trim(line);
    std::string_view name;
    std::string_view rest;
    if (text.empty()) continue;
    if (IsIndented(line) && SplitNamed(line, &name, &rest)) {
      named += "\n- **" + std::string(name) + "**: " + std::string(rest);
    } else if (IsIndented(line) && !named.empty()) {
      named += " " + std::string(text);
    } else {
      prose += (prose.empty() ? "" : " ") + std::string(text);
    }
  }
  CommentText result;
  result.summary = FirstSentence(prose);
  result.description = named.empty() ? prose : prose + "\n" + named;
  return result;
}

}  // namespace bordergate::gateway
