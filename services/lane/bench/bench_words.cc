#include "services/lane/bench/bench_words.h"

#include <utility>

#include "libs/core/text.h"

namespace bordergate::lane {
namespace {

constexpr std::pair<std::string_view, BenchWord> kWords[] = {
    {"tiep", BenchWord::kNext},       {"next", BenchWord::kNext},       {"继续", BenchWord::kNext},
    {"thoat", BenchWord::kQuit},      {"quit", BenchWord::kQuit},       {"退出", BenchWord::kQuit},
    {"da dung", BenchWord::kStopped}, {"stopped", BenchWord::kStopped}, {"已停止", BenchWord::kStopped},
    {"nang", BenchWord::kRaise},      {"raise", BenchWord::kRaise},     {"升起", BenchWord::kRaise},
    {"ha", BenchWord::kLower},        {"lower", BenchWord::kLower},     {"降下", BenchWord::kLower},
    {"tren", BenchWord::kUp},         {"up", BenchWord::kUp},           {"上", BenchWord::kUp},
    {"duoi", BenchWord::kDown},       {"down", BenchWord::kDown},       {"下", BenchWord::kDown},
    {"do", BenchWord::kRed},          {"red", BenchWord::kRed},         {"红", BenchWord::kRed},
    {"xanh", BenchWord::kGreen},      {"green", BenchWord::kGreen},     {"绿", BenchWord::kGreen},
    {"ca hai", BenchWord::kBoth},     {"both", BenchWord::kBoth},       {"都亮", BenchWord::kBoth},
    {"khong", BenchWord::kNeither},   {"none", BenchWord::kNeither},    {"无", BenchWord::kNeither},
};
// How many words "skip" has in each language.
constexpr std::pair<std::string_view, int> kSkips[] = {{"bo qua", 2}, {"skip", 1}, {"跳过", 1}};

std::string_view AfterWords(std::string_view line, int words) {
  for (; words > 0; --words) {
    const size_t space = line.find(' ');
    if (space == std::string_view::npos) return {};
    line = Trim(line.substr(space));
  }
  return line;
}

}  // namespace

BenchLine ParseBenchLine(std::string_view line) {
  line = Trim(line);
  if (line.empty()) return {BenchWord::kEnter, {}};
  const std::string folded = FoldText(line);
  for (const auto& [word, meaning] : kWords) {
    if (folded == word) return {meaning, {}};
  }
  for (const auto& [skip, words] : kSkips) {
    if (folded == skip) return {BenchWord::kSkip, {}};
    if (folded.starts_with(std::string(skip) + " "))
      return {BenchWord::kSkip, NormaliseNfc(AfterWords(line, words))};
  }
  return {BenchWord::kOther, std::string(line)};
}

}  // namespace bordergate::lane
