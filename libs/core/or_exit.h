// How a main() takes a part that it cannot do without.
#pragma once

#include <cstdlib>
#include <iostream>
#include <string_view>
#include <type_traits>
#include <utility>

#include "libs/core/result.h"

namespace bordergate {

// The value, or the end of the program: one line on standard error with service, reason and message; exit
// code 1.
template <class T>
T OrExit(std::string_view service, Result<T> result) {
  if (!result) {
    std::cerr << service << ": " << result.error().reason() << ": " << result.error().message() << "\n";
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace bordergate
