// A program started for a measurement and ended with it.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace bordergate::load {

class Child {
 public:
  //   environment   "NAME=value" entries beside those of this process
  //   output_file   takes the program's standard output
  Child(const std::vector<std::string>& command, const std::vector<std::string>& environment,
        std::string output_file);
  ~Child();  // SIGTERM, then waits
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Waits until this stands in its output; false when the program ends first or 20 s pass.
  bool WaitFor(const std::string& text) const;
  // Waits for `before`; the whole number after it, 0 when it did not come.
  int WaitForNumber(const std::string& before) const;
  // Whether this stands in its output by now.
  bool HasWritten(const std::string& text) const;
  pid_t pid() const { return pid_; }

 private:
  const std::string output_file_;
  pid_t pid_ = -1;
};

// Runs a program to its end; its standard output.
std::string RunToEnd(const std::string& command);

}  // namespace bordergate::load
