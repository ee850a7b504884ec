// The program lane as a process of its own, as it is installed.
#pragma once

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>
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
              std::vector<std::string> environment) {
    arguments.insert(arguments.begin(), program);
    std::array<int, 2> ends{};
    BG_CHECK(pipe2(ends.data(), O_CLOEXEC) == 0, "a test may open a pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    const int failed = posix_spawn(&pid_, program.c_str(), &actions, nullptr, Pointers(arguments).data(),
                                   Pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    BG_CHECK(failed == 0, "the program starts: " + program);
    reader_ = std::thread([this, file = ends[0]] { Read(file); });
  }
  ~LaneProcess() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    reader_.join();  // the pipe ends with the process
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
  bool HasLogged(const std::string& event) const {
    const std::lock_guard lock(mutex_);
    return Holds(event);
  }
  // Waits until it has logged this event; the test's own time limit ends it otherwise.
  void WaitForEvent(const std::string& event) const {
    std::unique_lock lock(mutex_);
    grown_.wait(lock, [&] { return Holds(event) || ended_; });
    BG_CHECK(Holds(event), "the program ended and has not logged " + event + ":\n" + output_);
  }

 private:
  static std::vector<char*> Pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
  }
  bool Holds(const std::string& event) const {
    return output_.find("\"event\":\"" + event + "\"") != std::string::npos;
  }
  void Read(int file) {
    std::array<char, 4096> bytes{};
    while (true) {
      const ssize_t count = read(file, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      const std::lock_guard lock(mutex_);
      if (count > 0) output_.append(bytes.data(), static_cast<size_t>(count));
      ended_ = count <= 0;
      grown_.notify_all();
      if (ended_) break;
    }
    close(file);
  }

  pid_t pid_ = -1;
  mutable std::mutex mutex_;
  mutable std::condition_variable grown_;
  std::string output_;
  bool ended_ = false;
  std::thread reader_;
};

}  // namespace bordergate::lane
