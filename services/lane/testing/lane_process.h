// The program lane as a process of its own, as it is installed.
#pragma once

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libs/core/check.h"

namespace bordergate::lane {

class LaneProcess {
 public:
  //   program       path of bin/lane
  //   arguments     "serve", for example
  //   environment   "NAME=value"
  LaneProcess(const std::string& program, std::vector<std::string> arguments,
              std::vector<std::string> environment, std::string output_file)
      : output_file_(std::move(output_file)) {
    arguments.insert(arguments.begin(), program);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_file_.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int failed = posix_spawn(&pid_, program.c_str(), &actions, nullptr, Pointers(arguments).data(),
                                   Pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    BG_CHECK(failed == 0, "the program starts: " + program);
  }
  ~LaneProcess() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  LaneProcess(const LaneProcess&) = delete;
  LaneProcess& operator=(const LaneProcess&) = delete;

  void Signal(int signal) const { BG_CHECK(kill(pid_, signal) == 0, "the process is there"); }
  // Its exit code, or 128 and the signal that ended it. The test's own time limit ends the waiting.
  int WaitForExit() {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0) BG_CHECK(errno == EINTR, "the process is ours");
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  std::string output() const {
    std::ifstream file(output_file_);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  // Waits until it has logged this event; the test's own time limit ends it otherwise.
  void WaitForEvent(const std::string& event) const {
    while (output().find("\"event\":\"" + event + "\"") == std::string::npos) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));  // a file tells nobody that it grows
    }
  }

 private:
  static std::vector<char*> Pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
  }

  pid_t pid_ = -1;
  const std::string output_file_;
};

}  // namespace bordergate::lane
