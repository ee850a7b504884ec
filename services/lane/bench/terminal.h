// A person at a terminal, or a script on a pipe. Colour only on a terminal that has it; every outcome is a
// word as well.
#pragma once

#include <string>

#include "services/lane/bench/bench_person.h"

namespace bordergate::lane {

class Terminal final : public BenchPerson {
 public:
  //   in, out   file descriptors, left open
  Terminal(int in, int out);

  void Tell(const std::string& code, const std::string& text) override;
  std::optional<std::string> Hear(milliseconds wait) override;
  bool gone() const override { return gone_; }

 private:
  const int in_;
  const int out_;
  const bool coloured_;
  std::string typed_;
  bool gone_ = false;
};

}  // namespace bordergate::lane
