// independent_controller.py as a child process: a Modbus server that shares no code with the driver.
#pragma once

#include <csignal>
#include <cstdio>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include "libs/core/check.h"

namespace bordergate::lane {

class IndependentController {
 public:
  //   script   path of independent_controller.py
  explicit IndependentController(const char* script) {
    int to_child[2], from_child[2];
    BG_CHECK(pipe(to_child) == 0 && pipe(from_child) == 0, "a test may open a pipe");
    process_ = fork();
    BG_CHECK(process_ >= 0, "a test may start a process");
    if (process_ == 0) {
      dup2(to_child[0], STDIN_FILENO);
      dup2(from_child[1], STDOUT_FILENO);
      for (const int end : {to_child[0], to_child[1], from_child[0], from_child[1]}) close(end);
      execl("/usr/bin/python3", "python3", script, nullptr);
      _exit(127);
    }
    close(to_child[0]);
    close(from_child[1]);
    to_ = fdopen(to_child[1], "w");
    from_ = fdopen(from_child[0], "r");
    port_ = std::stoi(WaitForLine("port=").substr(5));
  }
  ~IndependentController() {
    fclose(to_);  // the end of its input ends it
    fclose(from_);
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  IndependentController(const IndependentController&) = delete;
  IndependentController& operator=(const IndependentController&) = delete;

  int port() const { return port_; }
  // Gives an order and waits until it is done.
  void Tell(const std::string& order) {
    fprintf(to_, "%s\n", order.c_str());
    fflush(to_);
    (void)WaitForLine("done " + order);
  }
  // How often this line ("coil 0 1") came up to the last Tell or Wait.
  int CountOf(const std::string& line) const {
    int count = 0;
    for (size_t at = 0; (at = lines_.find(line + "\n", at)) != std::string::npos; ++at) ++count;
    return count;
  }
  // Reads on until a line begins so; the test's own time limit ends it otherwise.
  std::string WaitForLine(const std::string& begin) {
    char line[256];
    while (fgets(line, sizeof line, from_) != nullptr) {
      lines_ += line;
      if (std::string(line).starts_with(begin)) return line;
    }
    BG_CHECK(false, "the controller has ended before it said " + begin);
  }

 private:
  pid_t process_ = -1;
  FILE* to_ = nullptr;
  FILE* from_ = nullptr;
  int port_ = 0;
  std::string lines_;
};

}  // namespace bordergate::lane
