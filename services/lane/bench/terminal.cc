#include "services/lane/bench/terminal.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>

#include <poll.h>
#include <unistd.h>

namespace bordergate::lane {
namespace {

constexpr size_t kLineMax = 1000;

// As https://no-color.org asks for.
bool HasColour(int out) {
  const char* off = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return isatty(out) == 1 && (off == nullptr || *off == '\0') && term != nullptr &&
         std::string_view(term) != "dumb";
}

std::string_view ColourOf(std::string_view code) {
  if (code == "outcome.passed") return "\033[32m";
  if (code == "outcome.failed") return "\033[31m";
  if (code == "outcome.skipped") return "\033[33m";
  if (code == "say.step") return "\033[1m";
  return {};
}

}  // namespace

Terminal::Terminal(int in, int out) : in_(in), out_(out), coloured_(HasColour(out)) {}

void Terminal::Tell(const std::string& code, const std::string& text) {
  const std::string_view colour = coloured_ ? ColourOf(code) : std::string_view();
  std::string line = code == "say.step" ? "\n" : "";
  line += std::string(colour) + text + (colour.empty() ? "\n" : "\033[0m\n");
  for (size_t sent = 0; sent < line.size();) {
    const ssize_t count = write(out_, line.data() + sent, line.size() - sent);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // nobody reads; the record is written all the same
    sent += static_cast<size_t>(count);
  }
}

std::optional<std::string> Terminal::Hear(milliseconds wait) {
  if (typed_.find('\n') == std::string::npos && gone_) {
    poll(nullptr, 0, static_cast<int>(wait.count()));
  } else if (typed_.find('\n') == std::string::npos) {
    pollfd input{in_, POLLIN, 0};
    if (poll(&input, 1, static_cast<int>(wait.count())) > 0) {
      char bytes[256];
      const ssize_t count = read(in_, bytes, sizeof bytes);
      if (count > 0) typed_.append(bytes, static_cast<size_t>(count));
      gone_ = count == 0 || (count < 0 && errno != EINTR);
    }
  }
  const size_t end = typed_.find('\n');
  if (end == std::string::npos) {
    if (typed_.size() > kLineMax) typed_.clear();
    return std::nullopt;
  }
  std::string line = typed_.substr(0, std::min(end, kLineMax));
  typed_.erase(0, end + 1);
  return line;
}

}  // namespace bordergate::lane
