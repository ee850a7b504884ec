// The person at the bench: what is said to him, and what he types.
#pragma once

#include <optional>
#include <string>

#include "libs/core/clock.h"

namespace bordergate::lane {

class BenchPerson {
 public:
  virtual ~BenchPerson() = default;
  //   code   of bench/texts.toml, or "outcome.passed" and the like; the text is in his language
  virtual void Tell(const std::string& code, const std::string& text) = 0;
  // A line, when one is typed within this time.
  virtual std::optional<std::string> Hear(milliseconds wait) = 0;
  // He will type nothing more.
  virtual bool gone() const = 0;
};

}  // namespace bordergate::lane
