// What a person types at the bench. Letters, marks and case are as they come from any keyboard: "NÂNG",
// "nang" and "raise" are one word, whatever the language.
#pragma once

#include <string>
#include <string_view>

namespace bordergate::lane {

enum class BenchWord {
  kOther,
  kEnter,  // nothing typed
  kSkip,
  kNext,
  kQuit,
  kStopped,
  kRaise,
  kLower,
  kUp,
  kDown,
  kRed,
  kGreen,
  kBoth,
  kNeither,
};

struct BenchLine {
  BenchWord word = BenchWord::kOther;
  std::string rest;  // of kSkip: the reason, as typed
};

BenchLine ParseBenchLine(std::string_view line);

}  // namespace bordergate::lane
