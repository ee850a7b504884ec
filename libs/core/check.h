// BG_CHECK ends the process when the program itself is wrong. It stays on in every build.
//
// Outside input is never a check: a wrong request, a missing file or a broken cable is an Error (see
// result.h).
//
//   BG_CHECK(lane != nullptr, "lanes are made from the configuration before the first read");
#pragma once

#include <string_view>

namespace bordergate {

// Prints where and why to standard error and aborts, so that a core file and the supervisor's log tell the
// story.
[[noreturn]] void CheckFailed(const char* file, int line, const char* condition, std::string_view why);

}  // namespace bordergate

#define BG_CHECK(condition, why)                                      \
  do {                                                                \
    if (!(condition)) [[unlikely]] {                                  \
      ::bordergate::CheckFailed(__FILE__, __LINE__, #condition, why); \
    }                                                                 \
  } while (false)
